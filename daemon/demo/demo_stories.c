/* demo_stories: texts only. Written for newsd; nothing in them happened. */
#include "daemon/demo/demo_stories.h"

const struct demo_story demo_stories[] = {
    {"lake-accord",
     "Three states resume talks on the waters of Lake Orune",
     "Ilse Marten",
     "en",
     "Envoys of Tarvia, Keld and the Orune Republic met for a second day, with the Lake Basin Commission "
     "warning that time is short.",
     {"(Port Selim) Envoys from Tarvia, Keld and the Orune Republic met on Thursday in Port Selim, a day "
      "after bilateral talks "
      "between the two larger neighbours ended without a text, and two days before the Lake Basin Commission "
      "is due to vote on new "
      "fishing limits.",
      "Keld accuses Tarvia of having diverted about a fifth of the upper river since March to fill the "
      "reservoir at Hallow Gap, "
      "which the government in Varn denies.",
      "\"Nobody will sign away a lake,\" Keld's Deputy Minister for Water Resources, Jonas Ekwueme, told "
      "reporters before the "
      "session. His Tarvian counterpart, Mirela Dansk, said the talks had been \"frank, and in places "
      "useful\", while ruling out any "
      "inspection of the dam before the end of the year.",
      "The dispute",
      "Tarvia says the reservoir is a response to three dry winters and to what it calls the growing and "
      "unregulated pumping on the "
      "southern shore. It is demanding that Keld publish its own figures, which have not been released since "
      "July 2019.",
      "A meeting of the Commission, which brings together the 14 riparian provinces and observers from the "
      "Continental Bank, is "
      "scheduled for Saturday in Lower Anse. It would be the first at ministerial level in nearly four "
      "years.",
      "\"A narrow window\"",
      "It is \"a narrow window, but a window\", said Adaeze Rinaldi, the Commission's secretary general, who "
      "will fly to Lower Anse on "
      "Friday \"with modest hopes and a full folder\".",
      "Orune's Prime Minister, Teodor Halvard, has called for a four-way summit with the Continental Bank to "
      "\"settle the figures before "
      "we settle the blame\". She and her advisers, the head of Keld's diplomacy Samir Okonjo remarked, "
      "\"have no right to speak for "
      "the southern shore\".",
      "The last summit, held at Hallow Gap in December 2018, had allowed a partial exchange of data. The "
      "process then stalled, as the "
      "drought cost some 9,000 families their livelihoods and Tarvia closed the border crossing at Stone "
      "Ferry.",
      "In a message to fishermen's unions, Ms Dansk assured them that no decision on quotas \"would be taken "
      "without those who live from "
      "the lake\". The Western donors have threatened to withhold \"substantial\" credits should either side "
      "act alone.",
      NULL}},
    {"tram-strike",
     "Tram drivers in Velmont suspend strike after night of talks",
     "Peter Aldane",
     "en",
     "Drivers return to work on Monday while mediators look at rosters.",
     {"VELMONT, Marland (NWA) - Tram drivers in Velmont suspended their eight-day strike on Sunday after the "
      "operator agreed to let an "
      "independent panel review night rosters, the drivers' union said.",
      "\"We did not get everything, but we got a pencil and a seat at the table,\" union leader Oona Brandt "
      "said outside the depot. Services "
      "are to resume at 05:00 on Monday.",
      "The operator, Velmont Lines, said that the stoppage had cost it 4.2 million crowns. It did not say "
      "whether fares would rise.",
      NULL}},
    {"comet-probe",
     "Probe returns first grains from comet Hartung",
     "Nadia Oyelaran",
     "en",
     "The capsule landed on the salt flats of Arrano at dawn, within two kilometres of its target.",
     {"ARRANO SALT FLATS, Nov 3 - A capsule carrying dust from the comet Hartung landed at dawn on Tuesday, "
      "ending a nine-year journey of "
      "2.6 billion kilometres, mission engineers said.",
      "The capsule came down within two kilometres of its target and was found \"warm and intact\" by a "
      "recovery team 40 minutes later, "
      "flight director Elias Thorne said at a news conference.",
      "Scientists hope that the 11 grams inside will tell them whether comets brought water to the young "
      "Earth. First results are expected in "
      "March.",
      "The probe itself flew on. It will pass the asteroid Quill in 2031 if its fuel lasts, the agency "
      "added.",
      NULL}},
    {"budget-vote",
     "Parliament in Astrelle passes budget by two votes",
     "Dana Veldkamp",
     "en",
     "Two members of the opposition crossed the floor after midnight.",
     {"ASTRELLE (NWA) - Lawmakers in Astrelle passed the budget for next year by 101 votes to 99 early on "
      "Friday, sparing the minority government "
      "of Premier Lukas Emmerich an early election.",
      "Two members of the opposition Harbour List crossed the floor after midnight, when the government "
      "promised 60 million marks for ferries "
      "to the outer islands.",
      "Opposition leader Marta Silvane called the vote \"a ferry ticket at a premium price\". She said her "
      "party would appeal to the audit court "
      "next week.",
      NULL}},
    {"orchard-frost",
     "Late frost destroys half of cherry harvest in Sorrel Valley",
     "Henrik Osei",
     "en",
     "Growers ask for emergency credits.",
     {"Growers in the Sorrel Valley have lost about half of their cherries to three nights of frost, the "
      "regional chamber of agriculture said on "
      "Wednesday.",
      "Temperatures fell to minus six degrees in orchards near Lindau Bridge. \"I lit 400 candles and saved "
      "one row,\" said Rosa Feld, who farms "
      "12 hectares.",
      "The chamber asked the province for emergency credits of 8 million. A decision is expected by the end "
      "of April.",
      NULL}},
    {"harbour-fire",
     "Fire in Lirana harbour under control, two firefighters hurt",
     "Tomas Reyes",
     "en",
     "The blaze began in a warehouse for paint; the port stays closed until noon.",
     {"LIRANA - A fire that broke out before dawn in a paint warehouse in the port of Lirana was brought "
      "under control on Thursday, the fire brigade "
      "said. Two firefighters were slightly hurt.",
      "The harbour office closed the northern basin until noon. Its head, Captain Ines Duarte, said that no "
      "ship was in danger \"at any moment\".",
      "The cause was not known. Police questioned a night watchman and three drivers as witnesses, a "
      "spokeswoman said.",
      NULL}},
    {"ferry-line",
     "Lirana and Cape Mora to be linked by night ferry from June",
     "Tomas Reyes",
     "en",
     "The crossing will take nine hours.",
     {"LIRANA - A night ferry will link Lirana and Cape Mora from 1 June, the operator Blue Strait said on "
      "Monday. The crossing will take nine hours and "
      "cost from 45 euros.",
      "The line had been closed in 2014, when fuel prices doubled. \"People have asked us every summer "
      "since,\" managing director Paulo Ferrand said.",
      NULL}},
    {"sommet-climat",
     "Les villes du Nord s'accordent sur un plan contre la chaleur",
     "Claire Vasseur",
     "fr",
     "Dix-sept maires ont signé jeudi à Brémont un plan de plantation et d'alerte commune.",
     {"BREMONT (ANW) - Dix-sept maires du Nord ont signé jeudi un plan commun contre les vagues de chaleur, "
      "qui prévoit la plantation de 200.000 arbres "
      "d'ici 2030 et une alerte partagée entre les hôpitaux.",
      "« Nous ne pouvons plus attendre l'été pour penser à l'ombre », a déclaré la maire de Brémont, Hélène "
      "Courtois, lors d'une conférence de presse.",
      "Le coût du plan est estimé à 340 millions d'euros. La région en prendra un tiers à sa charge, a "
      "précisé son président, Marc Delorme.",
      NULL}},
    {"bahnstrecke",
     "Neue Bahnstrecke nach Hohenwart geht ein Jahr später in Betrieb",
     "Jürgen Amsel",
     "de",
     "Grund sind Mängel in zwei Tunneln.",
     {"HOHENWART (NWA) - Die neue Bahnstrecke nach Hohenwart wird ein Jahr später fertig als geplant. Grund "
      "seien Mängel in zwei Tunneln, teilte die "
      "Baugesellschaft am Dienstag mit.",
      "\"Sicherheit geht vor Fahrplan\", sagte Projektleiterin Anke Brandner. Die Kosten steigen demnach um "
      "90 Millionen auf 1,4 Milliarden Euro.",
      "Der Landkreis kündigte an, die Busse bis Ende 2027 weiter zu bezahlen.", NULL}},
    {"mercado-pescado",
     "El mercado de pescado de Puerto Alba reabre tras la reforma",
     "Lucía Herrán",
     "es",
     "El edificio de 1931 recupera su cubierta original.",
     {"PUERTO ALBA, 14 Nov. (NWA) - El mercado de pescado de Puerto Alba reabrió el sábado después de dos "
      "años de obras, que han costado 12 millones de "
      "euros, informó el ayuntamiento.",
      "\"Volvemos a casa\", dijo Carmen Ibarra, que vende sardinas allí desde hace cuarenta años. El "
      "edificio, de 1931, recupera su cubierta original de "
      "cristal.",
      "La alcaldesa, Pilar Montes, anunció que el mercado abrirá también los domingos a partir de enero.",
      NULL}},
    {"museum-loan",
     "Museum withdraws loan of disputed map",
     "Nadia Oyelaran",
     "en",
     "The map was to be shown from Saturday.",
     {"KESTREL POINT - The Museum of Navigation withdrew a map of 1604 from its autumn show on Wednesday "
      "after the city of Lower Anse claimed it as "
      "its own.",
      "The two sides agreed to let a court decide. Until then the map stays in a vault, director Hugo "
      "Lindqvist said.",
      NULL}},
};
const size_t demo_story_count = sizeof(demo_stories) / sizeof(demo_stories[0]);
