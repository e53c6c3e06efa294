/* stop_words: words that bound a keyword, by language, in lower case. Data only; articles, pronouns,
 * prepositions, auxiliary verbs, and the verbs and nouns of time that every news text has. */
#include "processors/language/keywords.h"

/* clang-format off */
const struct lexicon_list stop_word_lists[] = {
    {"en", LEXICON_STOP, "a about above according added after again against ago all almost along already also although always am "
        "among an and another any anyone anything are around as asked at away back be became because become been before began "
        "being below between both but by called came can cannot could day days did do does doing done down during each early "
        "either else end even ever every few first five for former four from further gave get give given go going good got great "
        "had has have having he her here hers herself him himself his how however i if in including into is it its itself just "
        "keep know known last late later least left less like likely long made make making many may me meanwhile might million "
        "month months more most much must my myself near nearly need never new next nine no nor not nothing now number of off "
        "often old on once one only onto or other others our out over own part people per percent place put rather really said "
        "same say saying says second see seen set several shall she should show since six so some something soon still such take "
        "taken ten than that the their them themselves then there these they thing things third this those though thousand three "
        "through thus time times to today together told tomorrow too took toward towards two under until up upon us use used "
        "using very want was way we week weeks well went were what when where whether which while who whole whom whose why will "
        "with within without would year years yes yesterday yet you your monday tuesday wednesday thursday friday saturday sunday "
        "january february march april june july august september october november december mr mrs ms dr don't doesn't didn't isn't "
        "it's that's he's don doesn didn isn wasn weren won couldn wouldn shouldn hasn haven hadn aren re ve ll posted"},
    {"de", LEXICON_STOP, "ab aber alle allem allen aller alles als also am an andere anderen andere anderer auch auf aus außerdem "
        "bei beiden beim bereits bis bisher bleibt da dabei dadurch dafür dagegen daher damit danach dann daran darauf daraus das "
        "dass davon dazu dem den denen denn der deren des deshalb dessen die dies diese diesem diesen dieser dieses doch dort drei "
        "du durch ebenfalls eigenen ein eine einem einen einer eines einige einmal er erst erste ersten es etwa etwas euch für "
        "gab ganz gegen gegenüber geht gemacht genau geworden gibt gut habe haben hat hatte hatten heute hier hieß hin hinter ich "
        "ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in indem innerhalb ins insgesamt ist ja jahr jahre jahren je jede jedem "
        "jeden jeder jedoch jetzt kann kein keine keinen kommen kommt konnte konnten können könnte laut lassen machen man mehr mehrere "
        "mehreren mein meine menschen mit mittwoch montag dienstag donnerstag freitag samstag sonntag morgen muss müssen müsse nach "
        "nachdem neben nein neue neuen nicht nichts noch nun nur ob oder ohne prozent rund sagt sagte sagten schon sehr sei seien "
        "sein seine seinem seinen seiner seit selbst sich sie sieht sind so sogar soll sollen sollte sollten sondern sowie statt "
        "teil teilte über um und uns unser unter unterdessen uhr viel viele vielen vier vom von vor war waren wäre was weg weil "
        "weiter weitere weiteren welche wenn wer werde werden wie wieder will wir wird wo wollen wollte worden wurde wurden würde "
        "würden während zu zudem zum zunächst zur zwar zwei zwischen zwölf januar februar märz april mai juni juli august september "
        "oktober november dezember tag tage tagen woche wochen monat monate millionen"},
    {"fr", LEXICON_STOP, "a à afin ainsi ailleurs alors après ans an année années au aucun aucune aujourd aujourd'hui auprès aussi "
        "autre autres aux avaient avait avant avec avoir ayant c ce ceci cela celle celles celui cependant ces cet cette ceux chaque "
        "chez comme comment contre d dans de déjà depuis dernier dernière derniers des deux devant dit dire doit donc dont du elle "
        "elles en encore enfin ensuite entre environ est et étaient était étant été être eu eux face faire fait faut fois font hui "
        "ici il ils j jamais je jour jours jusqu jusque l la là laquelle le lequel les leur leurs lors lorsque lui lundi mardi "
        "mercredi jeudi vendredi samedi dimanche m ma mais malgré me même mêmes mes mieux millions mois moins mon n ne ni non nos "
        "notamment notre nous nouveau nouvelle on ont ou où par parce parmi pas pendant peu peut peuvent personnes plus plusieurs "
        "plutôt pour pourquoi pourrait près premier première puis qu quand quatre que quel quelle quelques qui quoi s sa sans se "
        "selon semaine sera serait ses seulement si sinon soit son sont sous souvent sur t tandis tant tel telle tous tout toute "
        "toutefois toutes très trois trop un une vers voir vont vous y janvier février mars avril mai juin juillet août septembre "
        "octobre novembre décembre mm m mme afp"},
    {"es", LEXICON_STOP, "a además ahora al algo algunas algunos ante antes aquel aquella así aún aunque ayer año años bajo bien "
        "cada casi como cómo con contra cual cuál cuando cuándo cuatro de debe del desde después día días dice dijo donde dónde dos "
        "durante e el él ella ellas ellos en entre era eran es esa esas ese eso esos esta está estaba estado están estar estas este "
        "esto estos fue fueron gran ha había habían haber hace hacer hacia han has hasta hay hoy la las le les lo los luego lunes "
        "martes miércoles jueves viernes sábado domingo más me mediante menos mes meses mi mientras millones mil mismo misma mucho "
        "muchos muy nada ni no nos nosotros nuestra nuestro nueva nuevo o otra otras otro otros para parte pasado pero personas poco "
        "por porque primera primer primero pues puede pueden que qué quien quién quienes se sea según ser será sería si sí sido sin "
        "sino sobre solo sólo son su sus también tan tanto te tendrá tener tiene tienen toda todas todo todos tras tres tu tuvo un "
        "una uno unos unas usted va van varios vez veces y ya yo enero febrero marzo abril mayo junio julio agosto septiembre "
        "octubre noviembre diciembre semana"},
    {"it", LEXICON_STOP, "a ad agli ai al alcune alcuni alla alle allo altra altre altri altro anche ancora anni anno avere aveva "
        "avevano c che chi ci ciò circa coi col come con contro così cui d da dagli dai dal dalla dalle dallo degli dei del della "
        "delle dello dentro deve di dopo dove due dunque durante e è ed era erano essere fa fare fatto fin fino fra già giorni giorno "
        "gli grande ha hai hanno ho i ieri il in infatti insieme intanto invece io l la le lei li lo loro lui lunedì martedì mercoledì "
        "giovedì venerdì sabato domenica ma mai me meno mentre mesi mila milioni molti molto ne né negli nei nel nell nella nelle nello "
        "no noi non nostra nostro nulla nuova nuovo o ogni oggi ogni oltre ora parte per perché però persone più poi poco poiché prima "
        "primo proprio può pure qual quale quali qualche quando quanto quattro quella quelle quelli quello questa queste questi questo "
        "qui s sarà se secondo sempre senza si sia sì sindaco sono sotto spiega sta stata state stati stato su sua subito sue sugli sui "
        "sul sulla sulle sullo suo suoi tra tre troppo tutta tutte tutti tutto un una uno va verso vi viene volta gennaio febbraio marzo "
        "aprile maggio giugno luglio agosto settembre ottobre novembre dicembre detto"},
    {"pt", LEXICON_STOP, "a à ainda além algumas alguns ano anos antes ao aos apenas após aquela aquele as às assim até cada com como "
        "contra cuja cujo da das de dela dele depois desde dia dias disse do dois dos duas durante e é ela elas ele eles em embora "
        "enquanto entre era eram essa esse esta está estão estava estavam este estes eu fazer feira foi foram grande há hoje isso isto "
        "já lhe logo mais mas me meio melhor menos mês meses mesma mesmo meu milhões mil minha muito muitos na nas não nem nesta neste "
        "no nos nós nossa nosso nova novo num numa o onde ontem os ou outra outras outro outros para parte pela pelas pelo pelos pessoas "
        "pode podem por porque pouco primeira primeiro qual qualquer quando quanto quatro que quem se segunda segundo seja sem sempre "
        "sendo ser será seria seu seus si sido só sob sobre sua suas tal também tanto tem têm tempo ter terça quarta quinta sexta sábado "
        "domingo toda todas todo todos três tudo um uma vai vez vezes janeiro fevereiro março abril maio junho julho agosto setembro "
        "outubro novembro dezembro semana"},
    {"nl", LEXICON_STOP, "aan af al alle alleen als altijd andere ben bij binnen daar daarna dan dat de deze dag dagen die dit doch door "
        "drie dus echter een eerste en er erg ging gaan gaat geen geweest haar had hadden heb hebben heeft hem het hier hij hoe hun iets "
        "ik in is ja jaar jaren je jij kan komen komt kon kunnen later maandag dinsdag woensdag donderdag vrijdag zaterdag zondag maar "
        "maand meer men mensen met miljoen mijn moet moeten na naar nadat niet niets nieuwe nog nu of om omdat onder ons ook op over per "
        "procent sinds steeds te tegen tijdens toch toen tot tussen twee uit uur van vanaf veel voor vooral waar was wat week weer wel "
        "welke werd werden wij wil worden wordt zal ze zegt zei zich zij zijn zo zonder zou zouden januari februari maart april mei juni "
        "juli augustus september oktober november december volgens"},
    {"ru", LEXICON_STOP, "а без бы был была были было быть в вам вас весь во вот все всего всех вы где год года годов году да для до "
        "его ее её ему если есть еще ещё же за заявил заявила здесь и из или им их к как какой когда которая которого которой которые "
        "который которых кто ли лет лишь между меня мне много может можно мы на над надо наш не него нее ней нет ни них но ну о об один "
        "однако он она они оно от отметил очень перед по под после потом потому почти при про раз рассказал с сам сам самый свой своей "
        "своего своих себе себя сегодня сейчас сказал со собой сообщает сообщил сообщила стал так также такой там те тем теперь то тогда "
        "того тоже той только том тот три тысяч тут ты у уже хотя чего человек чем через что чтобы эта эти этих это этого этой этом этот "
        "я января февраля марта апреля мая июня июля августа сентября октября ноября декабря понедельник вторник среду четверг пятницу "
        "субботу воскресенье млн млрд тыс руб словам данным"},
    {"uk", LEXICON_STOP, "а але без би був була були було бути в вже від він вона вони воно все всі для до за з зі і із її його їх й "
        "коли ми на над не ні о один по під після при про року році рік роки сказав та так також там те ти тим то тільки у що щоб як яка "
        "який які якого це цей цього ця я або між через під час"},
    {"pl", LEXICON_STOP, "a aby ale albo bardzo bez bo by był była było były być ci co coś czy dla do dwa gdy gdzie go i ich im inne ja "
        "jak jako jest jednak jego jej jeszcze już kiedy kto która które którego której który których którzy lat lub ma mają może można "
        "mówi na nad nam nas nie nich nim niż o od on ona one oni oraz po pod podczas ponad powiedział przed przez przy roku są się ta "
        "tak także tam te tego tej ten też to tu tych tylko tym w we więc wszystkie z za ze że zostać został została dodał rok"},
    {"sv", LEXICON_STOP, "alla allt än andra att av bara blev bli blir de dem den denna det detta din dit du där efter eller en ett fick "
        "från få får för första ha hade han hans har hela henne hennes hon honom hur här i inte in innan ingen ja jag kan kommer kunde "
        "man med mellan men mer mot mycket många måste ni nu när nya och också om oss på redan sedan ser sig sin sina ska skulle som "
        "säger så sade till två under upp ut utan vad var vara varit vi vid vill vilket år över"},
    {"da", LEXICON_STOP, "af alle andre at blev blive bliver da de dem den denne der deres det dette dig din dog du efter eller en end er "
        "et flere for fra få får før ham han hans har have havde hende her hun hvad hvis hvor i ikke ind jeg kan kommer kunne lige man "
        "mange med meget mellem men mere mod må ned noget nogle nu når og også om op os over på se siden siger sig sin skal skulle som så "
        "til to ud under var ved vi vil ville være været år"},
    {"no", LEXICON_STOP, "alle andre at av bare ble bli blir da de dem den denne der det dette du eller en enn er et etter flere for fra få "
        "får før ha hadde han hans har hun hva hvis hvor i ikke ingen jeg kan kommer kunne man mange med mellom men mer mot må ned noe noen "
        "nå når og også om opp oss over på se seg selv sier sin skal skulle som så til to under ut var ved vi vil ville være vært år"},
    {"fi", LEXICON_STOP, "ei eikä ennen että hän he jo joka jossa jotka ja jos kanssa kertoo kuin kun mukaan mutta myös ne niin nyt oli olisi "
        "olla on ovat se sekä sen siitä sitä tai tämä tämän vain vuoden vuonna vuotta yli"},
    {"tr", LEXICON_STOP, "ama ancak bir biri bu çok da daha de değil dedi diye en gibi göre her hem için ile ilk ise kadar ki mi ne nasıl "
        "o olan olarak oldu olduğu olduğunu sonra şu tüm var ve veya ya yeni yıl yok üzere iki bin"},
    {"cs", LEXICON_STOP, "a aby ale ani až bude být byl byla byli bylo by co další do i ještě jako jak je jeho její jejich jen ji již jsou k "
        "kde kdy která které který kteří když ke let má mezi na nebo není o od po podle pro proti před při protože roce roku rok s se si "
        "tak také to tom ten této v ve však více z za ze že řekl uvedl"},
    {"ar", LEXICON_STOP, "في من على إلى عن أن إن ان هذا هذه ذلك التي الذي الذين كان كانت قد لا ما مع أو او ثم كما لم لن بعد قبل بين حتى كل "
        "وقال قال وأضاف خلال عند هو هي هم أنه أنها انه وهو وهي حيث غير أي أكثر يوم عام"},
    {"id", LEXICON_STOP, "ada adalah agar akan anda antara atas atau bagi bahwa banyak baru beberapa bisa dalam dan dapat dari dengan di dia "
        "hari harus hingga ini itu jadi jika juga kami kata kepada karena ke kita lagi lain lebih mereka namun oleh pada para sangat saat "
        "saja satu saya sebagai sebelum sejak secara sedang seperti serta setelah sudah tahun tak telah tersebut tidak untuk yang ujar"},
    {"ms", LEXICON_STOP, "ada adalah akan antara atas atau bagi bahawa dalam dan dapat dari daripada dengan di hari ini itu juga katanya ke "
        "kepada kerana lebih mereka oleh pada para sebagai selepas seperti serta telah tersebut tidak untuk yang beliau"},
    {"hi", LEXICON_STOP, "का के की को में से है हैं था थे थी और पर ने यह वह इस उस कि जो तो भी ही एक नहीं लिए साथ बाद तक अपने कर करने कहा किया "
        "गया हो होने कुछ या अब दिया जा रहा रहे रही"},
    {"zh", LEXICON_STOP, "的 了 在 是 和 与 及 也 都 就 而 但 对 从 到 于 将 被 把 这 那 他 她 我 你 们 为 有 不 上 中 下 说 年 月 日 等 以 之 其 并 或"},
    {"ja", LEXICON_STOP, "は が を に で と も の た て し る な い れ さ か ら り ま す こ そ へ や ん だ き く け あ う え お っ ち つ ど ば め せ よ 年 月 日"},
    {0},
};
/* clang-format on */
