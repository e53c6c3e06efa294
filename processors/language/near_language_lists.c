/* near_language_lists: marks of languages that are close to one another. Data only. A word may stand under
 * two languages when a third has it not. */
#include "processors/language/near_languages.h"

/* clang-format off */
const struct near_language near_language_lists[] = {
    {"north", "da", "af blev bliver blevet meget efter nu sig mig dig hvad mod ud op nogle noget nogen uden bag uge ugen gade blandt "
        "jeg hun kunne skulle få får hvordan kroner også ikke mellem hvornår lidt gør går tog sagde siger børn folk har været og "
        "koncert koncerter musik huset år dansk danske maj bog by byen regeringen",
        "tion tionen tioner hed heden heder ede øj øje ej", "æ ø", "ä ö"},
    {"north", "no", "av ble blir blitt veldig etter nå seg meg deg hva mot ut opp noen noe uten bak uke uken uka gate blant "
        "jeg hun kunne skulle få får hvordan kroner også ikke mellom når litt gjør går tok sa sier barn folk har vært og "
        "konsert konserter musikk huset år norsk norske mai bok byen fram frem eit ein ikkje eg dei frå vart regjeringen",
        "sjon sjonen sjoner het heten heter kk tt ll ss pp mm nn øy øye ei", "æ ø", "ä ö"},
    {"north", "sv", "av blev blir blivit mycket efter nu sig mig dig vad mot ut upp några något någon utan bakom vecka veckan gata bland "
        "jag hon han och för från är inte också mellan lite gör går tog sade säger barn att det till ska skulle där när eller "
        "konsert konserter musik på maj bok svensk svenska kronor",
        "tion tionen tioner heten heter orna arna erna ade kk tt ll ss pp mm nn", "ä ö", "æ ø"},

    {"south", "hr", "i u tko što gdje prije poslije vrijeme tijekom također tjedan tjedna uvjet sustav općina vlak tisuća glazba točka "
        "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca nogomet povijest "
        "dvije mjesto lijepo djeca cijena rekao kazao tvrtka europski europska",
        "irati ije ijed", "ć đ", "q w"},
    {"south", "bs", "i u ko šta gdje prije poslije vrijeme tokom također sedmica sedmice uslov sistem općina hiljada muzika tačka "
        "januara februara marta aprila juna jula augusta septembra oktobra novembra decembra historija fudbal "
        "dvije mjesto lijepo djeca cijena rekao kazao evropski evropska",
        "ovati ije ijed", "ć đ", "q w"},
    {"south", "sr", "i u ko šta gde pre posle vreme tokom takođe nedelja nedelje uslov sistem opština hiljada muzika tačka "
        "januara februara marta aprila juna jula avgusta septembra oktobra novembra decembra istorija fudbal "
        "dve mesto lepo deca cena rekao kazao evropski evropska",
        "ovati isati", "ć đ", "q w"},
    {"south", "sl", "in v ni bo so ki pa tudi kot pri z iz lahko kjer ter še že bil bila bilo ob leta letos pred med zaradi "
        "januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra decembra soboto nedeljo ali sta je",
        "ega emu jo", "", "ć đ"},

    {"czech", "cs", "se jsem jsou který která které kteří nebo jako být při pro když podle více let byl byla bylo byly ve ze ke jeho "
        "její až však také po tím řekl uvedl už co jak v roce", "ům ách ího ou", "ř ě ů", "ľ ĺ ŕ ô ä"},
    {"czech", "sk", "sa som sú ktorý ktorá ktoré ktorí alebo ako byť pri pre keď podľa viac rokov bol bola bolo boli vo zo ku jeho "
        "jej však tiež aj povedal uviedol už čo v roku", "ých ým ého om", "ľ ĺ ŕ ô ä", "ř ě ů"},

    {"malay", "id", "karena bisa bahwa ingin sekitar usai warga pekan jumat senin agustus maret ia kantor uang polisi rumahsakit "
        "provinsi presiden tersebut kabupaten kota mobil tahun saat sangat pun menurutnya sementara soal "
        "juta namun yakni jadi butuh konser", "nya", "", ""},
    {"malay", "ms", "kerana boleh bahawa mahu ramai selepas rakyat minggu jumaat isnin ogos mac beliau ialah daripada pejabat wang "
        "polis hospital negeri bandar kereta manakala katanya presiden perdana iaitu tahun sewaktu semasa turut pihak "
        "bagaimanapun sini konsert kepada", "nya", "", ""},

    {"iberia", "es", "y el los las del con una un es en muy pero más su sus lo también sin fue han hay según desde hasta al este "
        "años ayer hoy sobre como dijo son", "ción ciones dad dades mente", "ñ ¿ ¡", "ã õ ç â ê ô"},
    {"iberia", "pt", "e o os as da do das com uma um em não mais muito mas seu sua também sem foi há segundo até ao à às no na nos "
        "nas pelo pela são anos ontem hoje sobre como disse", "ção ções dade dades mente", "ã õ ç â ê ô", "ñ ¿ ¡"},
    {"iberia", "gl", "e o os as da do das con unha un en non máis moi pero seu súa tamén sen foi hai segundo ata ao á ás no na nos "
        "nas polo pola son anos onte hoxe sobre como dixo coa co cos coas dun dunha nun nunha xa", "ción cións dade dades mente",
        "ñ", "ã õ ç â ê ô"},

    {"cyrillic", "ru", "и в что это как был была для от из его при по также или она он они но с о уже года", "ого ые ый ие", "ы э ё и", "і ї є ґ ў ј љ њ"},
    {"cyrillic", "uk", "і в що це як був була для від із його при за також або вона він вони але з про та й у вже року", "ого ий ння", "і ї є ґ и", "ы э ё ъ ў ј љ њ"},
    {"cyrillic", "be", "і ў што гэта як быў была для ад з яго пры па таксама або яна ён яны але аб ужо года у", "ага ыя ае", "ў і ы э ё", "и щ ї є ъ ј љ њ"},
    {"cyrillic", "bg", "и в на че това като беше за от с не при да се са ще към още или те но по във със", "ът ите ата ето", "ъ щ", "ы э ё і ї є ў ј љ њ"},
    {"cyrillic", "mk", "и во на што тоа како беше за од со не при да се ќе кон уште или тие но по дека ги ја", "от ите ата ето", "ѓ ќ ѕ ј", "ы э ё і ї є ў ъ щ ю я й ђ ћ"},
    {"cyrillic", "sr", "и у на што то као је за од са не при да се ће ка још или они али по су ко шта био била", "ом има ао", "ђ ћ ј", "ы э ё і ї є ў ъ щ ю я й ѓ ќ ѕ"},
    {0},
};
/* clang-format on */
