/* sentence_lists: abbreviations and sentence starters by language, in lower case, without the last stop. Data
 * only. */
#include "processors/language/sentences.h"

/* clang-format off */
const struct lexicon_list sentence_lists[] = {
    {"", LEXICON_TITLE, "dr prof st vs mr mrs ms mme mlle"},
    {"", LEXICON_ENDING, "etc inc corp ltd co jr sr llc plc bros"},
    {"", LEXICON_NUMBER, "no nr nos fig figs vol vols art pp p tel ed eds"},
    {"", LEXICON_SHOUT, "yahoo jeopardy joomla wham yum panic"},

    {"en", LEXICON_TITLE, "messrs lt maj capt cmdr sgt cpl pvt brig supt amb treas atty assoc gens sens reps profs drs mt ft e.g i.e "
        "cf viz lt.-gen lt.-gov maj.-gen sgt.-maj msgr secy pfc spc cmd supt eds"},
    {"en", LEXICON_TITLE | LEXICON_CAPITAL, "gen sen rep gov col adm rev hon det insp pres asst dept sec univ fr br ens ed"},
    {"en", LEXICON_ENDING, "approx est dept intl natl govt mfg assn bldg yrs hrs mins ph.d m.d b.a esq"},
    {"en", LEXICON_TITLE, "esp eg ie attn arrv p.s ps"},
    {"en", LEXICON_ENDING, "st ave blvd rd al atty"},
    {"en", LEXICON_ENDING | LEXICON_CAPITAL, "mon tue tues wed thu thur thurs fri sat"},
    {"en", LEXICON_NUMBER, "div ph mob"},
    {"en", LEXICON_SHORT, "in ft yd lb lbs oz pt qt tsp tbsp hr hrs wk wks yr yrs mo mos wt min mins incl excl resp ref orig trans illus misc adj "
        "adv prep conj abbr dial lit obs pron cont prev pop alt sing comp dir prod feat perf arr def temp dist cent dia cal info admin ex "
        "mgmt mtg asst ass't lang anat tech eng fam spp sp ssp var subsp cv bef aft am pm dba temps mil exec sq cu "
        "gal bbl dem rel subj intro acct amt agcy assn div equiv freq hosp inst lab mag manuf mfr oper org pers phys popul prob prof "
        "dept cos alta pub recd reg sched sec sect stat supp surg tech tel twp univ util var vet"},
    {"en", LEXICON_ENDING | LEXICON_CAPITAL, "ala ariz ark calif colo conn del fla ga ill kan ky mass md mich minn miss mo mont neb nev "
        "okla ore pa penn tenn tex va vt wash wis wyo ind"},
    {"en", LEXICON_NUMBER, "ch sec para ca circa paras ver ext approx max min avg incl est apt rm pt pts bk bks ser "
        "suppl fasc ms mss fol fols repr tab eq chs secs rs col cols cl"},
    {"en", LEXICON_NUMBER | LEXICON_MONTH, "jan feb mar apr jun jul aug sep sept oct nov dec"},
    {"en", LEXICON_MONTH, "january february march april june july august september october november december "
        "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun eastern pacific"},
    {"en", LEXICON_STARTER, "the a an he she it they we you i in on at but and for from with as after before when while "
        "this that these those there here if although though however meanwhile since both its his her their our your my "
        "some many most all more no not one two what who why how where so then now yet also by to under during according "
        "last earlier later officials police authorities or nor among despite because once until still even only other "
        "others another each every several about over such between through instead please thanks thank do does did can could would should is are was were have has see let yes such whether "
        "any it's he's that's there's they're"},
    {"en", LEXICON_SPEECH, "said asked exclaimed cried replied answered shouted yelled whispered wondered called added "
        "inquired enquired demanded murmured muttered screamed laughed joked quipped remarked snapped begged pleaded "
        "insisted told continued retorted responded sighed gasped tweeted wrote says asks adds replies recalled declared"},
    {"en", LEXICON_CLAUSE, "that he she it they we i you if whether there this these those for a an the his its their "
        "what why how when where who not no nobody"},

    {"de", LEXICON_TITLE, "hr fr frl dipl ing hl abg z.b d.h u.a s.o i.d.r v.a u.u o.g bzw ca vgl ggf evtl sog inkl exkl zzgl "
        "gegr geb gest verh jur phil med rer nat habil dipl.-ing str ehem österr dt frz engl ital u.s z b d h u v o i"},
    {"de", LEXICON_ENDING, "usw usf etc ag mio mrd tsd min std sek e.v gmbh"},
    {"de", LEXICON_NUMBER, "hg hrsg ausg bde nrn abs art bd kap nr s st ziff rn lit abb anm aufl jg"},
    {"de", LEXICON_MONTH, "januar jänner februar februrar märz april mai juni juli august september oktober november "
        "dezember jan feb febr mär apr jun jul aug sep sept okt nov dez jahrhundert jahrhunderts klasse platz mal"},
    {"de", LEXICON_STARTER, "der die das den dem des ein eine einer eines er sie es wir ihr ich in im am an auf aus bei mit nach "
        "von vor zu zum zur für doch aber und oder auch als wenn während weil obwohl seit dabei damit danach dann dort "
        "jedoch laut nun so was wer wie wo warum zudem zuvor außerdem allerdings bislang bisher beide alle viele einige "
        "dies diese dieser dieses sein seine seiner ihre unter über um man nur noch insgesamt hier am"},

    {"fr", LEXICON_TITLE, "m mm mr mme mmes mlle mlles me mgr dr drs pr cf ex env p.ex c.-à-d st ste gal col cdt lt cne adj"},
    {"fr", LEXICON_ENDING, "etc av apr j.-c hab éd"},
    {"fr", LEXICON_NUMBER, "art chap fig n no p pp vol tél al éd t livr"},
    {"fr", LEXICON_MONTH, "janv févr avr juil sept oct nov déc"},
    {"fr", LEXICON_STARTER, "le la les l un une des il elle ils elles on nous vous je ce cette ces cet dans en à au aux de du "
        "pour par mais et ou donc car si selon après avant depuis pendant alors ainsi cependant toutefois son sa ses leur "
        "leurs sur sous avec sans qui que quand où comment pourquoi c d s n qu j plus tous"},

    {"es", LEXICON_TITLE, "sr sra srta sres dr dra d dña don lic ing arq prof gral cnel tte cap sto sta mons ud uds vd vds "
        "p.ej ee.uu ee uu ff.aa av avda c.a pte excmo ilmo"},
    {"es", LEXICON_ENDING, "etc s.a s.l cía aprox a.c d.c ee.uu"},
    {"es", LEXICON_NUMBER, "art cap fig núm n pág págs vol vols tel p pp t núms"},
    {"es", LEXICON_MONTH, "ene feb abr ago sept oct nov dic"},
    {"es", LEXICON_STARTER, "el la los las un una unos unas él ella ellos ellas lo se en de del al a con por para según pero y o "
        "si no su sus este esta estos estas ese esa esto eso cuando donde como qué quién tras desde durante entre hasta "
        "sin sobre también además así ya más mientras aunque sin"},

    {"it", LEXICON_TITLE, "sig sigg sig.ra dott dott.ssa prof prof.ssa on avv ing arch geom rag gen col magg cap ten mar mons "
        "don s ss p.es es cfr ca ecc.mo sen dr"},
    {"it", LEXICON_ENDING, "ecc s.p.a spa s.r.l a.c d.c"},
    {"it", LEXICON_NUMBER, "art cap fig n nn pag pagg vol tel p pp"},
    {"it", LEXICON_STARTER, "il lo la i gli le l un una uno lui lei loro egli essa in nel nella a al alla di del della da dal "
        "dalla con per su sul sulla tra fra ma e o se secondo dopo prima durante quando dove come chi che questo questa "
        "questi queste si non anche intanto così più ora"},

    {"pt", LEXICON_TITLE, "sr sra srs dr dra d prof profa eng gen cel cap ten sgt v.exa exmo exma ex p.ex av st sto sta pe"},
    {"pt", LEXICON_ENDING, "etc ltda s.a cia aprox a.c d.c"},
    {"pt", LEXICON_NUMBER, "art cap fig n núm pág págs vol tel p pp"},
    {"pt", LEXICON_STARTER, "o a os as um uma ele ela eles elas em no na nos nas de do da dos das ao à com por para pelo pela "
        "segundo mas e ou se não seu sua este esta esse essa isso isto quando onde como que quem após desde durante entre "
        "até sem sobre também ainda já mais enquanto"},

    {"nl", LEXICON_TITLE, "dhr mevr mw dr drs ir ing mr prof ds gen kol st bijv d.w.z o.a m.b.t i.v.m t.o.v a.u.b ca resp jhr incl excl"},
    {"nl", LEXICON_ENDING, "enz e.d n.v b.v e.a"},
    {"nl", LEXICON_NUMBER, "nr art blz p fig tel hfst"},
    {"nl", LEXICON_STARTER, "de het een hij zij ze we wij ik in op aan bij met na van voor te uit om door over maar en of ook als "
        "toen terwijl volgens dat dit deze die er daar hier nu dan wat wie waar waarom hoe zo niet zijn haar hun"},

    {"ru", LEXICON_TITLE, "г гг ул пр им тов гр акад проф доц т.е т.к т.н т.д т.ч т н к д м ген полк кап лейт св р обл см ср напр"},
    {"ru", LEXICON_ENDING, "др пр т.д т.п руб коп тыс млн млрд чел гг в вв н.э"},
    {"ru", LEXICON_NUMBER, "ст рис стр п пп гл табл тел д кв"},
    {"ru", LEXICON_STARTER, "в на он она они оно мы вы я но и а по с со из к от до для при это этот эта эти как когда если также "
        "по после ранее однако кроме так что кто где тем за у о об его её их"},

    {"uk", LEXICON_TITLE, "м вул просп ім тов гр акад проф доц т.зв ген обл р див пор напр св"},
    {"uk", LEXICON_ENDING, "ін т.д грн тис млн млрд рр ст"},
    {"pl", LEXICON_TITLE, "p prof dr hab inż mgr ks gen płk mjr kpt por sierż św ul al np tzw m.in ok red pos bp arch"},
    {"pl", LEXICON_ENDING, "itd itp in zł tys mln mld r w s.a"},
    {"pl", LEXICON_NUMBER, "art nr ust pkt poz str godz tel"},
    {"pl", LEXICON_MONTH, "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"},
    {"cs", LEXICON_TITLE, "p pan ing mgr mudr judr phdr prof doc gen plk mjr kpt sv ul tzv např mj resp tj"},
    {"cs", LEXICON_ENDING, "atd apod kč tis mil mld"},
    {"cs", LEXICON_MONTH, "ledna února března dubna května června července srpna září října listopadu prosince"},
    {"sv", LEXICON_TITLE, "bl.a t.ex dvs s.k ca resp f.d d.v.s prof dr"},
    {"sv", LEXICON_ENDING, "m.m osv etc kr milj mdr"},
    {"da", LEXICON_TITLE, "bl.a f.eks dvs s.k ca hr fr prof dr"},
    {"da", LEXICON_ENDING, "m.m osv kr mio mia"},
    {"da", LEXICON_MONTH, "januar februar marts april maj juni juli august september oktober november december"},
    {"no", LEXICON_TITLE, "bl.a f.eks dvs s.k ca prof dr"},
    {"no", LEXICON_ENDING, "m.m osv kr mill mrd"},
    {"no", LEXICON_MONTH, "januar februar mars april mai juni juli august september oktober november desember"},
    {"tr", LEXICON_TITLE, "dr prof doç av yrd sn hz alb gen"},
    {"tr", LEXICON_ENDING, "vb vs a.ş"},
    {"tr", LEXICON_MONTH, "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık yüzyıl"},
    {0},
};
/* clang-format on */
