/* lemma_table: forms and stems that the rules of lemma.c do not hold for, in the order of their bytes. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_LEMMA_TABLE_H
#define NEWSD_PROCESSORS_LANGUAGE_LEMMA_TABLE_H

struct lemma_pair {
    const char *form, *lemma;
};

static const struct lemma_pair lemma_verbs[] = {
    {"'ll", "will"}, {"'m", "be"}, {"'re", "be"}, {"'ve", "have"}, {"agreed", "agree"},
    {"agreeing", "agree"}, {"am", "be"}, {"are", "be"}, {"arisen", "arise"}, {"arose", "arise"},
    {"ate", "eat"}, {"awoke", "awake"}, {"awoken", "awake"}, {"bade", "bid"}, {"beaten", "beat"},
    {"became", "become"}, {"becoming", "become"}, {"been", "be"}, {"began", "begin"}, {"begun", "begin"},
    {"beheld", "behold"}, {"being", "be"}, {"bent", "bend"}, {"beset", "beset"}, {"bidden", "bid"},
    {"bit", "bite"}, {"bitten", "bite"}, {"bled", "bleed"}, {"blew", "blow"}, {"blown", "blow"},
    {"bore", "bear"}, {"born", "bear"}, {"borne", "bear"}, {"bought", "buy"}, {"bound", "bind"},
    {"bred", "breed"}, {"broadcast", "broadcast"}, {"broke", "break"}, {"broken", "break"},
    {"brought", "bring"}, {"built", "build"}, {"burnt", "burn"}, {"burst", "burst"}, {"ca", "can"},
    {"came", "come"}, {"cast", "cast"}, {"caught", "catch"}, {"chose", "choose"}, {"chosen", "choose"},
    {"clung", "cling"}, {"coming", "come"}, {"cost", "cost"}, {"crept", "creep"}, {"cut", "cut"},
    {"dealt", "deal"}, {"decreed", "decree"}, {"decreeing", "decree"}, {"did", "do"},
    {"disagreed", "disagree"}, {"disagreeing", "disagree"}, {"does", "do"}, {"doing", "do"}, {"done", "do"},
    {"drank", "drink"}, {"drawn", "draw"}, {"dreamt", "dream"}, {"drew", "draw"}, {"driven", "drive"},
    {"drove", "drive"}, {"drunk", "drink"}, {"dug", "dig"}, {"dwelt", "dwell"}, {"dying", "die"},
    {"eaten", "eat"}, {"fallen", "fall"}, {"fed", "feed"}, {"fell", "fall"}, {"felt", "feel"},
    {"fled", "flee"}, {"fleeing", "flee"}, {"flew", "fly"}, {"flown", "fly"}, {"flung", "fling"},
    {"focuses", "focus"}, {"forbade", "forbid"}, {"forbidden", "forbid"}, {"forecast", "forecast"},
    {"foresaw", "foresee"}, {"foreseeing", "foresee"}, {"foreseen", "foresee"}, {"forgave", "forgive"},
    {"forgiven", "forgive"}, {"forgone", "forgo"}, {"forgot", "forget"}, {"forgotten", "forget"},
    {"forsaken", "forsake"}, {"forsook", "forsake"}, {"forwent", "forgo"}, {"fought", "fight"},
    {"found", "find"}, {"freed", "free"}, {"freeing", "free"}, {"froze", "freeze"}, {"frozen", "freeze"},
    {"gave", "give"}, {"given", "give"}, {"goes", "go"}, {"going", "go"}, {"gon", "go"}, {"gone", "go"},
    {"got", "get"}, {"gotten", "get"}, {"grew", "grow"}, {"ground", "grind"}, {"grown", "grow"},
    {"guaranteed", "guarantee"}, {"guaranteeing", "guarantee"}, {"had", "have"}, {"has", "have"},
    {"having", "have"}, {"heard", "hear"}, {"held", "hold"}, {"hid", "hide"}, {"hidden", "hide"},
    {"hit", "hit"}, {"hung", "hang"}, {"hurt", "hurt"}, {"is", "be"}, {"kept", "keep"}, {"knelt", "kneel"},
    {"knew", "know"}, {"known", "know"}, {"laid", "lay"}, {"lain", "lie"}, {"leapt", "leap"},
    {"learnt", "learn"}, {"led", "lead"}, {"left", "leave"}, {"lent", "lend"}, {"let", "let"},
    {"lit", "light"}, {"lost", "lose"}, {"lying", "lie"}, {"made", "make"}, {"meant", "mean"},
    {"met", "meet"}, {"misled", "mislead"}, {"mistaken", "mistake"}, {"mistook", "mistake"},
    {"misunderstood", "misunderstand"}, {"n't", "not"}, {"outdid", "outdo"}, {"outdone", "outdo"},
    {"overcame", "overcome"}, {"overcoming", "overcome"}, {"overheard", "overhear"}, {"overran", "overrun"},
    {"oversaw", "oversee"}, {"overseeing", "oversee"}, {"overseen", "oversee"}, {"overtaken", "overtake"},
    {"overthrew", "overthrow"}, {"overthrown", "overthrow"}, {"overtook", "overtake"}, {"paid", "pay"},
    {"prepaid", "prepay"}, {"proven", "prove"}, {"put", "put"}, {"quit", "quit"}, {"ran", "run"},
    {"rang", "ring"}, {"read", "read"}, {"rebuilt", "rebuild"}, {"retaken", "retake"}, {"retook", "retake"},
    {"rewritten", "rewrite"}, {"rewrote", "rewrite"}, {"ridden", "ride"}, {"risen", "rise"},
    {"rode", "ride"}, {"rose", "rise"}, {"rung", "ring"}, {"said", "say"}, {"sang", "sing"},
    {"sank", "sink"}, {"sat", "sit"}, {"saw", "see"}, {"says", "say"}, {"seeing", "see"}, {"seen", "see"},
    {"sent", "send"}, {"set", "set"}, {"sha", "shall"}, {"shaken", "shake"}, {"shed", "shed"},
    {"shone", "shine"}, {"shook", "shake"}, {"shot", "shoot"}, {"shown", "show"}, {"shrank", "shrink"},
    {"shrunk", "shrink"}, {"shut", "shut"}, {"slain", "slay"}, {"slept", "sleep"}, {"slew", "slay"},
    {"slid", "slide"}, {"slung", "sling"}, {"sold", "sell"}, {"sought", "seek"}, {"sown", "sow"},
    {"specialised", "specialise"}, {"sped", "speed"}, {"spelt", "spell"}, {"spent", "spend"},
    {"spilt", "spill"}, {"split", "split"}, {"spoilt", "spoil"}, {"spoke", "speak"}, {"spoken", "speak"},
    {"sprang", "spring"}, {"spread", "spread"}, {"sprung", "spring"}, {"spun", "spin"}, {"stank", "stink"},
    {"stole", "steal"}, {"stolen", "steal"}, {"stood", "stand"}, {"stricken", "strike"},
    {"striven", "strive"}, {"strove", "strive"}, {"struck", "strike"}, {"stuck", "stick"},
    {"stung", "sting"}, {"stunk", "stink"}, {"sung", "sing"}, {"sunk", "sink"}, {"swam", "swim"},
    {"swept", "sweep"}, {"swollen", "swell"}, {"swore", "swear"}, {"sworn", "swear"}, {"swum", "swim"},
    {"swung", "swing"}, {"taken", "take"}, {"taught", "teach"}, {"thought", "think"}, {"threw", "throw"},
    {"thrown", "throw"}, {"told", "tell"}, {"took", "take"}, {"tore", "tear"}, {"torn", "tear"},
    {"trod", "tread"}, {"trodden", "tread"}, {"tying", "tie"}, {"undergone", "undergo"},
    {"understood", "understand"}, {"undertaken", "undertake"}, {"undertook", "undertake"},
    {"underwent", "undergo"}, {"undid", "undo"}, {"undone", "undo"}, {"upheld", "uphold"},
    {"upset", "upset"}, {"vying", "vie"}, {"was", "be"}, {"went", "go"}, {"wept", "weep"}, {"were", "be"},
    {"withdrawn", "withdraw"}, {"withdrew", "withdraw"}, {"withheld", "withhold"},
    {"withstood", "withstand"}, {"wo", "will"}, {"woke", "wake"}, {"woken", "wake"}, {"won", "win"},
    {"wore", "wear"}, {"worn", "wear"}, {"wound", "wind"}, {"wove", "weave"}, {"woven", "weave"},
    {"written", "write"}, {"wrote", "write"}, {"wrung", "wring"},
};

static const struct lemma_pair lemma_nouns[] = {
    {"aches", "ache"}, {"airmen", "airman"}, {"alumni", "alumnus"}, {"analyses", "analysis"},
    {"athletics", "athletics"}, {"avalanches", "avalanche"}, {"axes", "axis"}, {"bacteria", "bacterium"},
    {"barracks", "barracks"}, {"bases", "basis"}, {"bonuses", "bonus"}, {"buses", "bus"},
    {"businessmen", "businessman"}, {"businesswomen", "businesswoman"}, {"caches", "cache"},
    {"campuses", "campus"}, {"cargoes", "cargo"}, {"cases", "case"}, {"censuses", "census"},
    {"chairmen", "chairman"}, {"children", "child"}, {"congressmen", "congressman"}, {"cookies", "cookie"},
    {"creches", "creche"}, {"crises", "crisis"}, {"criteria", "criterion"}, {"crossroads", "crossroads"},
    {"diagnoses", "diagnosis"}, {"dies", "die"}, {"echoes", "echo"}, {"economics", "economics"},
    {"embargoes", "embargo"}, {"emphases", "emphasis"}, {"ethics", "ethics"}, {"feet", "foot"},
    {"firemen", "fireman"}, {"fishermen", "fisherman"}, {"foes", "foe"}, {"gallows", "gallows"},
    {"gases", "gas"}, {"geese", "goose"}, {"gunmen", "gunman"}, {"halves", "half"},
    {"headaches", "headache"}, {"headquarters", "headquarters"}, {"heroes", "hero"}, {"houses", "house"},
    {"hypotheses", "hypothesis"}, {"knives", "knife"}, {"lawmakers", "lawmaker"}, {"leaves", "leaf"},
    {"lenses", "lens"}, {"lies", "lie"}, {"lives", "life"}, {"loaves", "loaf"},
    {"mathematics", "mathematics"}, {"means", "means"}, {"memoranda", "memorandum"}, {"men", "man"},
    {"mice", "mouse"}, {"mosquitoes", "mosquito"}, {"movies", "movie"}, {"news", "news"},
    {"niches", "niche"}, {"nuclei", "nucleus"}, {"people", "person"}, {"phenomena", "phenomenon"},
    {"physics", "physics"}, {"pies", "pie"}, {"policemen", "policeman"}, {"politics", "politics"},
    {"potatoes", "potato"}, {"quiches", "quiche"}, {"referenda", "referendum"}, {"rookies", "rookie"},
    {"selfies", "selfie"}, {"series", "series"}, {"servicemen", "serviceman"}, {"shelves", "shelf"},
    {"shoes", "shoe"}, {"species", "species"}, {"spokesmen", "spokesman"}, {"spokeswomen", "spokeswoman"},
    {"statuses", "status"}, {"stimuli", "stimulus"}, {"teeth", "tooth"}, {"theses", "thesis"},
    {"thieves", "thief"}, {"ties", "tie"}, {"toes", "toe"}, {"tomatoes", "tomato"},
    {"tornadoes", "tornado"}, {"torpedoes", "torpedo"}, {"vetoes", "veto"}, {"viruses", "virus"},
    {"volcanoes", "volcano"}, {"wives", "wife"}, {"wolves", "wolf"}, {"women", "woman"},
    {"zombies", "zombie"},
};

/* Stems ("visit" of "visited") that are whole although their ending says that an e was cut off. */
static const char *const lemma_whole_stems[] = {
    "abandon", "abet", "action", "ad", "aid", "aim", "allot", "anchor", "appeal", "armor", "auction",
    "audit", "author", "await", "bait", "ballot", "ban", "bar", "bath", "beckon", "bed", "benefit", "bias",
    "birth", "blossom", "boat", "bomb", "book", "budget", "bug", "bus", "canal", "canvas", "caution",
    "censor", "chat", "cheat", "claim", "clean", "climb", "club", "coat", "color", "comb", "combat",
    "conceal", "concur", "condition", "congeal", "cook", "council", "cram", "credit", "cushion", "custom",
    "debug", "defeat", "deliver", "deposit", "develop", "devil", "dial", "dialog", "doctor", "drug", "drum",
    "eat", "edit", "elicit", "embed", "envelop", "equal", "equip", "error", "evil", "exhaust", "exhibit",
    "exit", "factor", "fashion", "fathom", "favor", "float", "focus", "format", "fulfil", "function",
    "gallop", "gossip", "grab", "great", "gun", "harbor", "heat", "hit", "honor", "hook", "hug", "hum",
    "imperil", "inherit", "inhibit", "initial", "jam", "kid", "labor", "lean", "limit", "loan", "lobby",
    "look", "major", "market", "marshal", "mean", "medal", "mention", "merit", "minor", "mirror", "moan",
    "mob", "monitor", "month", "motor", "murmur", "offer", "orbit", "organ", "orphan", "pad", "parcel",
    "pardon", "pedal", "pencil", "peril", "permit", "petal", "pilot", "pivot", "plan", "plod", "plot",
    "plug", "plumb", "poison", "portrait", "posit", "position", "profit", "program", "prohibit", "question",
    "ransom", "ration", "reason", "recruit", "relay", "repeal", "repeat", "reseal", "riot", "rival", "rob",
    "ruin", "rumor", "run", "sail", "sanction", "scan", "seal", "season", "seat", "section", "ship",
    "signal", "skid", "solicit", "spar", "spiral", "spit", "sponsor", "spot", "stab", "star", "station",
    "stun", "submit", "summon", "sweat", "swim", "tail", "tailor", "tap", "target", "threat", "total",
    "transit", "treat", "trial", "trim", "trip", "tug", "unseal", "veil", "victim", "victor", "visit", "vow",
    "wait", "want", "war", "wed", "whip", "worship",
};

/* Stems ("invit") that had an e although their ending does not say so. */
static const char *const lemma_cut_stems[] = {
    "acr", "adher", "ador", "ag", "alleg", "arrang", "athlet", "atone", "aveng", "ax", "battl", "bik", "bit",
    "bor", "breath", "brib", "centr", "challeng", "chang", "cit", "clon", "cloth", "cod", "compet",
    "complet", "condon", "contraven", "conven", "cop", "creat", "cring", "cur", "danc", "delet", "demot",
    "denot", "deplet", "deplor", "derang", "describ", "dethron", "devot", "dispos", "dup", "dynamit", "elop",
    "emot", "estrang", "exchang", "excit", "excret", "expedit", "explor", "extradit", "glob", "grop", "hast",
    "hop", "ignit", "ignor", "immun", "implor", "incit", "infring", "inscrib", "interchang", "interfer",
    "interven", "invit", "loath", "loung", "lur", "massacr", "nak", "not", "nud", "obsolet", "orang", "past",
    "persecut", "persever", "phon", "pledg", "plung", "postpon", "prescrib", "prob", "procreat", "promot",
    "provok", "prun", "quot", "rang", "rap", "recit", "recreat", "restor", "reveng", "rever", "rewrit",
    "rop", "rul", "scar", "scop", "scor", "secret", "seeth", "slop", "sooth", "ston", "stor", "straf",
    "styl", "subscrib", "superven", "syring", "tast", "teeth", "telephon", "tot", "tun", "typ", "unit",
    "unt", "volum", "vot", "wast", "welcom", "wreath", "writ", "zon",
};

/* Verbs that double their last letter although the voice is not on it, or that end in an l. */
static const char *const lemma_doubling[] = {
    "annul", "cancel", "channel", "compel", "control", "counsel", "dispel", "enrol", "equal", "excel",
    "expel", "extol", "fuel", "fulfil", "impel", "label", "level", "marshal", "model", "patrol", "propel",
    "quarrel", "quiz", "rebel", "repel", "rival", "shovel", "signal", "total", "travel", "tunnel",
    "unravel",
};

/* Endings of stems that had an e, and longer ones that did not. */
static const char *const lemma_cut_endings[] = {
    "ad", "ag", "ak", "al", "am", "an", "ap", "ar", "at", "bl", "c", "cl", "dg", "dl", "ed", "eg", "fl",
    "gl", "ib", "id", "ig", "ik", "il", "im", "in", "ip", "ir", "kl", "lg", "od", "ok", "ol", "op", "pl",
    "rg", "s", "sl", "tl", "u", "ud", "uk", "ul", "um", "un", "ur", "ut", "v", "yp", "z", "zl",
};
static const char *const lemma_whole_endings[] = {
    "aid", "ail", "aim", "ain", "air", "ait", "aud", "aul", "awl", "ead", "eak", "eam", "ean", "eap", "ear",
    "eat", "eed", "eek", "een", "eep", "eer", "eet", "eil", "ein", "eit", "el", "em", "en", "er", "et",
    "it", "oad", "oak", "oal", "oam", "oan", "oap", "oar", "oat", "oid", "oil", "oin", "oir", "om", "on",
    "ood", "ook", "ool", "oom", "oon", "oop", "oot", "or", "ot", "oud", "oul", "oun", "our", "out", "owl",
    "rl", "ss", "uit", "wl",
};

#endif
