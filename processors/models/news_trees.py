#!/usr/bin/python3
"""Puts sentences as news agencies build them beside those of a treebank, for the tagger and the parser to learn from.

    news_trees.py OUT TRAIN.conllu...      OUT: the sentences of all files, and behind some of them one made of it

The treebanks have few sentences of newswire: a clause and then who says so ("..., the ministry said on Monday"), long
subjects with an apposition or a relative clause between commas, names behind titles. A plain statement of the treebank gets
one of these around it or put into it; its own tree stays as it is, the rest is built from the pieces below. Deterministic.

A piece is written as WORD/UPOS/XPOS/RELATION/HEAD, HEAD counted within the piece from 1; 0 and "@" are the piece's own
head and its relation. %G, %S, %N, %C, %P, %D stand for a given name, a surname, a nationality, a country, a city, a day. Frames are
whole sentences without their stop, in the words in which politics are told, WORD|WORD/XPOS/RELATION/HEAD: one of the words is taken.
Half of them get what a plain statement gets.
"""
import sys

EVERY, WORDS_MIN, WORDS_MAX = 3, 5, 34  # of the plain statements; words of one
FRAME_TIMES = 12  # that each frame is filled

GIVEN = """Amina Tomas Giulia Kwame Yusuf Ingrid Rahul Mei Carlos Fatima Olga Pierre Hassan Naledi Jorge Aiko Viktor Leila Samuel Rosa
Ahmed Chidi Elena Minh Paulo Zainab Dmitri Sofia Abdullah Grace Ivan Lucia Tariq Marta Omar Anna Kofi Irina Luis Noor Erik Hana David Nadia
Joseph Maria Ali Ruth Michael Tamara""".split()
SURNAMES = """Odhiambo Lindqvist Rossi Mensah Demir Haugland Sharma Zhang Herrera Hussein Petrova Lefebvre Karimi Mokoena Fernandez Tanaka
Sokolov Haddad Okafor Delgado Mahmoud Nwosu Popescu Nguyen Almeida Ibrahim Volkov Papadopoulos Rahman Wanjiru Kovac Moreno Siddiqui Novak
Aziz Schneider Boateng Ivanova Castillo Khan Johansson Yilmaz Carter Benali Mutua Silva Hosseini Kim Walker Melnyk""".split()
NATIONS = """Kenyan Turkish French Nigerian Iranian German Russian Chinese Brazilian Indian Egyptian Ukrainian Israeli Mexican Polish
Ethiopian Japanese Pakistani British Colombian Syrian Greek American Sudanese Indonesian Lebanese Serbian Spanish Italian Afghan""".split()
COUNTRIES = """Kenya Turkey France Nigeria Iran Germany Russia China Brazil India Egypt Ukraine Israel Mexico Poland Ethiopia Japan
Pakistan Britain Colombia Syria Greece Sudan Indonesia Lebanon Serbia Spain Italy Afghanistan Armenia""".split()
CITIES = """Nairobi Ankara Paris Abuja Tehran Berlin Moscow Beijing Brasilia Cairo Kyiv Geneva Vienna Warsaw Tokyo Islamabad London
Bogota Damascus Athens Khartoum Jakarta Beirut Belgrade Madrid Rome Kabul Brussels Doha Istanbul""".split()

NAME = "%G/PROPN/NNP/@/0 %S/PROPN/NNP/flat/1"
SPEAKERS = [
    "officials/NOUN/NNS/@/0", "police/NOUN/NNS/@/0", "residents/NOUN/NNS/@/0", "witnesses/NOUN/NNS/@/0",
    "prosecutors/NOUN/NNS/@/0", "rescuers/NOUN/NNS/@/0", "organisers/NOUN/NNS/@/0", "authorities/NOUN/NNS/@/0",
    "he/PRON/PRP/@/0", "she/PRON/PRP/@/0", "they/PRON/PRP/@/0", "it/PRON/PRP/@/0",
    "state/NOUN/NN/compound/2 media/NOUN/NNS/@/0",
    "security/NOUN/NN/compound/2 officials/NOUN/NNS/@/0",
    "%N/ADJ/JJ/amod/2 officials/NOUN/NNS/@/0",
    "the/DET/DT/det/2 ministry/NOUN/NN/@/0", "the/DET/DT/det/2 army/NOUN/NN/@/0", "the/DET/DT/det/2 agency/NOUN/NN/@/0",
    "the/DET/DT/det/2 government/NOUN/NN/@/0", "the/DET/DT/det/2 company/NOUN/NN/@/0", "the/DET/DT/det/2 group/NOUN/NN/@/0",
    "the/DET/DT/det/2 president/NOUN/NN/@/0", "the/DET/DT/det/2 minister/NOUN/NN/@/0", "a/DET/DT/det/2 diplomat/NOUN/NN/@/0",
    "a/DET/DT/det/2 spokesman/NOUN/NN/@/0", "his/PRON/PRP$/nmod/2 lawyer/NOUN/NN/@/0",
    "the/DET/DT/det/3 foreign/ADJ/JJ/amod/3 ministry/NOUN/NN/@/0",
    "the/DET/DT/det/3 interior/NOUN/NN/compound/3 ministry/NOUN/NN/@/0",
    "the/DET/DT/det/3 defence/NOUN/NN/compound/3 ministry/NOUN/NN/@/0",
    "a/DET/DT/det/3 senior/ADJ/JJ/amod/3 official/NOUN/NN/@/0",
    "the/DET/DT/det/4 %N/ADJ/JJ/amod/4 foreign/ADJ/JJ/amod/4 ministry/NOUN/NN/@/0",
    "the/DET/DT/det/3 %N/ADJ/JJ/amod/3 army/NOUN/NN/@/0",
    "the/DET/DT/det/2 army/NOUN/NN/nmod/4 's/PART/POS/case/2 chief/NOUN/NN/@/0",
    "%C/PROPN/NNP/nmod/4 's/PART/POS/case/1 foreign/ADJ/JJ/amod/4 minister/NOUN/NN/@/0",
    "%C/PROPN/NNP/nmod/4 's/PART/POS/case/1 interior/NOUN/NN/compound/4 ministry/NOUN/NN/@/0",
    "a/DET/DT/det/2 spokeswoman/NOUN/NN/@/0 for/ADP/IN/case/5 the/DET/DT/det/5 ministry/NOUN/NN/nmod/2",
    "a/DET/DT/det/2 spokesman/NOUN/NN/@/0 for/ADP/IN/case/6 the/DET/DT/det/6 peacekeeping/NOUN/NN/compound/6 mission/NOUN/NN/nmod/2",
    "the/DET/DT/det/2 head/NOUN/NN/@/0 of/ADP/IN/case/5 the/DET/DT/det/5 party/NOUN/NN/nmod/2",
    "the/DET/DT/det/2 governor/NOUN/NN/@/0 of/ADP/IN/case/5 the/DET/DT/det/5 province/NOUN/NN/nmod/2",
    "a/DET/DT/det/2 witness/NOUN/NN/@/0 in/ADP/IN/case/4 %P/PROPN/NNP/nmod/2",
    "%C/PROPN/NNP/@/0", "%C/PROPN/NNP/@/0", "%P/PROPN/NNP/@/0",
    "the/DET/DT/det/3 United/ADJ/NNP/amod/3 Nations/PROPN/NNPS/@/0",
    "the/DET/DT/det/3 European/ADJ/NNP/amod/3 Union/PROPN/NNP/@/0",
    "the/DET/DT/det/4 Red/ADJ/NNP/amod/3 Cross/PROPN/NNP/compound/4 society/NOUN/NN/@/0",
    "the/DET/DT/det/4 %C/PROPN/NNP/compound/4 National/ADJ/NNP/amod/4 Commission/PROPN/NNP/@/0 on/ADP/IN/case/7 "
    "Human/ADJ/NNP/amod/7 Rights/PROPN/NNPS/nmod/4",
    "the/DET/DT/det/3 Defence/PROPN/NNP/compound/3 Ministry/PROPN/NNP/@/0",
    "the/DET/DT/det/2 Ministry/PROPN/NNP/@/0 of/ADP/IN/case/5 Foreign/ADJ/NNP/amod/5 Affairs/PROPN/NNPS/nmod/2",
    "experts/NOUN/NNS/@/0 of/ADP/IN/case/5 the/DET/DT/det/5 United/ADJ/NNP/amod/5 Nations/PROPN/NNPS/nmod/1",
    "two/NUM/CD/nummod/3 security/NOUN/NN/compound/3 sources/NOUN/NNS/@/0",
    NAME, NAME, NAME, NAME, "%S/PROPN/NNP/@/0", "%S/PROPN/NNP/@/0",
]
TITLES = [
    "President/PROPN/NNP/nmod/2", "Prime/ADJ/NNP/amod/2 Minister/PROPN/NNP/nmod/3", "Foreign/ADJ/NNP/amod/2 Minister/PROPN/NNP/nmod/3",
    "%N/ADJ/JJ/amod/2 President/PROPN/NNP/nmod/3", "%N/ADJ/JJ/amod/3 Prime/ADJ/NNP/amod/3 Minister/PROPN/NNP/nmod/4",
    "%N/ADJ/JJ/amod/3 Foreign/ADJ/NNP/amod/3 Minister/PROPN/NNP/nmod/4", "Interior/PROPN/NNP/compound/2 Minister/PROPN/NNP/nmod/3",
    "%N/ADJ/JJ/amod/3 Defence/PROPN/NNP/compound/3 Minister/PROPN/NNP/nmod/4", "Gen./PROPN/NNP/nmod/2", "Governor/PROPN/NNP/nmod/2",
    "spokesman/NOUN/NN/nmod/2", "spokeswoman/NOUN/NN/nmod/2", "army/NOUN/NN/compound/2 spokesman/NOUN/NN/nmod/3",
    "government/NOUN/NN/compound/2 spokeswoman/NOUN/NN/nmod/3", "police/NOUN/NN/compound/2 chief/NOUN/NN/nmod/3",
    "opposition/NOUN/NN/compound/2 leader/NOUN/NN/nmod/3", "foreign/ADJ/JJ/amod/2 minister/NOUN/NN/compound/3 spokesman/NOUN/NN/nmod/4",
    "Secretary/PROPN/NNP/nmod/4 of/ADP/IN/case/3 State/PROPN/NNP/nmod/1",
]
APPOSITIONS = [
    "the/DET/DT/det/3 foreign/ADJ/JJ/amod/3 minister/NOUN/NN/@/0", "the/DET/DT/det/3 opposition/NOUN/NN/compound/3 leader/NOUN/NN/@/0",
    "the/DET/DT/det/2 country/NOUN/NN/nmod/4 's/PART/POS/case/2 president/NOUN/NN/@/0",
    "a/DET/DT/det/2 spokesman/NOUN/NN/@/0 for/ADP/IN/case/5 the/DET/DT/det/5 army/NOUN/NN/nmod/2",
    "the/DET/DT/det/2 head/NOUN/NN/@/0 of/ADP/IN/case/5 the/DET/DT/det/5 mission/NOUN/NN/nmod/2",
    "head/NOUN/NN/@/0 of/ADP/IN/case/4 the/DET/DT/det/4 union/NOUN/NN/nmod/1",
    "a/DET/DT/det/3 political/ADJ/JJ/amod/3 scientist/NOUN/NN/@/0 at/ADP/IN/case/6 the/DET/DT/det/6 University/PROPN/NNP/nmod/3 of/ADP/IN/case/8 %P/PROPN/NNP/nmod/6",
    "%C/PROPN/NNP/nmod/4 's/PART/POS/case/1 envoy/NOUN/NN/compound/4 chief/NOUN/NN/@/0",
    "leader/NOUN/NN/@/0 of/ADP/IN/case/4 the/DET/DT/det/4 party/NOUN/NN/nmod/1",
    "a/DET/DT/det/2 lawyer/NOUN/NN/@/0", "41/NUM/CD/@/0", "a/DET/DT/det/2 member/NOUN/NN/@/0 of/ADP/IN/case/4 parliament/NOUN/NN/nmod/2",
    "the/DET/DT/det/3 largest/ADJ/JJS/amod/3 donor/NOUN/NN/@/0", "the/DET/DT/det/3 country/NOUN/NN/compound/3 director/NOUN/NN/@/0",
    "vice/NOUN/NN/compound/2 president/NOUN/NN/@/0 of/ADP/IN/case/5 the/DET/DT/det/5 assembly/NOUN/NN/nmod/2",
    "secretary-general/NOUN/NN/@/0 of/ADP/IN/case/4 the/DET/DT/det/4 Confederation/PROPN/NNP/nmod/1 of/ADP/IN/case/6 Labour/PROPN/NNP/nmod/4",
    "who/PRON/WP/nsubj/3 is/AUX/VBZ/cop/3 31/NUM/CD/acl/0",
]
RELATIVES = [
    "who/PRON/WP/nsubj/3 also/ADV/RB/advmod/3 acts/VERB/VBZ/acl/0 as/ADP/IN/case/8 the/DET/DT/det/6 government/NOUN/NN/nmod/8 's/PART/POS/case/6 spokeswoman/NOUN/NN/obl/3",
    "who/PRON/WP/nsubj/2 took/VERB/VBD/acl/0 office/NOUN/NN/obj/2 in/ADP/IN/case/5 May/PROPN/NNP/obl/2",
    "who/PRON/WP/nsubj/2 leads/VERB/VBZ/acl/0 the/DET/DT/det/4 delegation/NOUN/NN/obj/2",
    "who/PRON/WP/nsubj/3 had/AUX/VBD/aux/3 arrived/VERB/VBN/acl/0 from/ADP/IN/case/5 %P/PROPN/NNP/obl/3",
    "which/PRON/WDT/nsubj/3 has/AUX/VBZ/aux/3 ruled/VERB/VBN/acl/0 the/DET/DT/det/5 country/NOUN/NN/obj/3 since/ADP/IN/case/7 1986/NUM/CD/obl/3",
    "which/PRON/WDT/nsubj/2 backs/VERB/VBZ/acl/0 the/DET/DT/det/4 rebels/NOUN/NNS/obj/2",
    "which/PRON/WDT/nsubj/2 controls/VERB/VBZ/acl/0 most/ADJ/JJS/obj/2 of/ADP/IN/case/6 the/DET/DT/det/6 north/NOUN/NN/nmod/3",
    "who/PRON/WP/nsubj/2 sells/VERB/VBZ/acl/0 fruit/NOUN/NN/obj/2 across/ADP/IN/case/6 the/DET/DT/det/6 road/NOUN/NN/obl/2",
    "whose/PRON/WP$/nmod/2 party/NOUN/NN/nsubj/3 holds/VERB/VBZ/acl/0 a/DET/DT/det/5 majority/NOUN/NN/obj/3",
    "whose/PRON/WP$/nmod/2 term/NOUN/NN/nsubj/3 ends/VERB/VBZ/acl/0 in/ADP/IN/case/5 June/PROPN/NNP/obl/3",
    "who/PRON/WP/nsubj/3 was/AUX/VBD/aux/3 wounded/VERB/VBN/acl/0 in/ADP/IN/case/6 the/DET/DT/det/6 attack/NOUN/NN/obl/3",
    "which/PRON/WDT/nsubj/3 had/AUX/VBD/aux/3 denied/VERB/VBN/acl/0 any/DET/DT/det/5 role/NOUN/NN/obj/3 in/ADP/IN/case/8 the/DET/DT/det/8 attack/NOUN/NN/nmod/5",
    "who/PRON/WP/nsubj/3 is/AUX/VBZ/aux/3 expected/VERB/VBN/acl/0 to/PART/TO/mark/5 visit/VERB/VB/xcomp/3 %P/PROPN/NNP/obj/5",
    "which/PRON/WDT/nsubj/2 borders/VERB/VBZ/acl/0 %C/PROPN/NNP/obj/2",
    "led/VERB/VBN/acl/0 by/ADP/IN/case/4 General/PROPN/NNP/nmod/4 %S/PROPN/NNP/obl/1",
    "based/VERB/VBN/acl/0 in/ADP/IN/case/3 %P/PROPN/NNP/obl/1",
    "speaking/VERB/VBG/acl/0 in/ADP/IN/case/3 %P/PROPN/NNP/obl/1",
    "citing/VERB/VBG/acl/0 a/DET/DT/det/3 report/NOUN/NN/obj/1",
]
VERBS = ["said/VBD"] * 9 + ["added/VBD", "announced/VBD", "reported/VBD", "warned/VBD", "confirmed/VBD", "says/VBZ", "argued/VBD"]
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
TAILS = [
    "on/ADP/IN/case/2 %D/PROPN/NNP/obl/0", "on/ADP/IN/case/2 %D/PROPN/NNP/obl/0", "%D/PROPN/NNP/obl/0", "%D/PROPN/NNP/obl/0",
    "in/ADP/IN/case/3 a/DET/DT/det/3 statement/NOUN/NN/obl/0", "in/ADP/IN/case/3 an/DET/DT/det/3 interview/NOUN/NN/obl/0",
    "at/ADP/IN/case/4 a/DET/DT/det/4 news/NOUN/NN/compound/4 conference/NOUN/NN/obl/0", "in/ADP/IN/case/2 %P/PROPN/NNP/obl/0",
    "by/ADP/IN/case/2 telephone/NOUN/NN/obl/0", "after/ADP/IN/case/2 talks/NOUN/NNS/obl/0 in/ADP/IN/case/4 %P/PROPN/NNP/nmod/2",
    "later/ADV/RB/advmod/0", "yesterday/NOUN/NN/obl/0", "on/ADP/IN/case/3 state/NOUN/NN/compound/3 television/NOUN/NN/obl/0",
    "late/ADJ/JJ/amod/2 %D/PROPN/NNP/obl/0", "in/ADP/IN/case/3 its/PRON/PRP$/nmod/3 report/NOUN/NN/obl/0",
]
LISTENERS = [
    "reporters/NOUN/NNS/iobj/0", "reporters/NOUN/NNS/iobj/0", "journalists/NOUN/NNS/iobj/0", "parliament/NOUN/NN/iobj/0", "Xinhua/PROPN/NNP/iobj/0",
    "the/DET/DT/det/3 news/NOUN/NN/compound/3 agency/NOUN/NN/iobj/0", "a/DET/DT/det/3 news/NOUN/NN/compound/3 conference/NOUN/NN/iobj/0",
    "state/NOUN/NN/compound/2 television/NOUN/NN/iobj/0", "the/DET/DT/det/4 Ghana/PROPN/NNP/compound/4 News/PROPN/NNP/compound/4 Agency/PROPN/NNP/iobj/0",
]

FRAMES = """
%C/NNP/nsubj/2 accused/VBD/root/0 %C/NNP/obj/2 of/IN/mark/5 supporting|arming|attacking|harbouring/VBG/advcl/2 the/DT/det/7 rebels|militants/NNS/obj/5 on/IN/case/9 %D/NNP/obl/2
The/DT/det/4 %N/JJ/amod/4 foreign|interior/JJ/amod/4 minister/NN/nsubj/5 urged|pressed|asked/VBD/root/0 %C/NNP/obj/5 to/TO/mark/8 withdraw|remove/VB/xcomp/5 its/PRP$/nmod/10 troops|ships/NNS/obj/8 from/IN/case/13 the/DT/det/13 border|strait/NN/obl/8
%C/NNP/nsubj/2 condemned|deplored/VBD/root/0 the/DT/det/4 attack|killing|verdict/NN/obj/2 and/CC/cc/6 called/VBD/conj/2 on/IN/case/9 the/DT/det/9 government|army/NN/obl/6 to/TO/mark/11 protect|free/VB/xcomp/6 civilians|prisoners/NNS/obj/11
%N/JJ/amod/2 forces|troops/NNS/nsubj/3 shelled|attacked|bombarded/VBD/root/0 the/DT/det/5 town|village/NN/obj/3 of/IN/case/7 %P/NNP/nmod/5 overnight/RB/advmod/3 ,/,/punct/10 killing|wounding/VBG/advcl/3 three|seven/CD/nummod/12 people|civilians/NNS/obj/10
Police/NNS/nsubj/2 fired|used/VBD/root/0 tear/NN/compound/4 gas/NN/obj/2 at|against/IN/case/6 protesters|demonstrators/NNS/obl/2 in/IN/case/8 %P/NNP/obl/2 on/IN/case/10 %D/NNP/obl/2
The/DT/det/3 European/NNP/amod/3 Union/NNP/nsubj/4 imposed|slapped/VBD/root/0 sanctions/NNS/obj/4 on/IN/case/8 three|two/CD/nummod/8 officials|companies/NNS/obl/4 over/IN/case/11 the/DT/det/11 arrest|death/NN/obl/4 of/IN/case/14 a/DT/det/14 journalist|lawyer/NN/nmod/11
%C/NNP/nsubj/2 put/VBD/root/0 off/RP/compound/2 the/DT/det/5 visit|trip/NN/obj/2 of/IN/case/9 the/DT/det/9 %N/JJ/amod/9 president|minister/NN/nmod/5
The/DT/det/2 army|militia/NN/nsubj/3 cut|closed|sealed/VBD/root/0 off/RP/compound/3 the/DT/det/7 main/JJ/amod/7 road|bridge/NN/obj/3 to/IN/case/9 %P/NNP/nmod/7
%C/NNP/nsubj/2 called|broke/VBD/root/0 off/RP/compound/2 talks/NNS/obj/2 with/IN/case/6 %C/NNP/nmod/4 on/IN/case/8 %D/NNP/obl/2
Parliament/NN/nsubj/2 turned|voted/VBD/root/0 down/RP/compound/2 a/DT/det/5 proposal|bill/NN/obj/2 by/IN/case/8 the/DT/det/8 president|government/NN/nmod/5
%N/JJ/amod/3 Prime/NNP/amod/3 Minister/NNP/nmod/4 %G/NNP/nsubj/6 %S/NNP/flat/4 met|hosted|received/VBD/root/0 his/PRP$/nmod/9 %N/JJ/amod/9 counterpart/NN/obj/6 in/IN/case/11 %P/NNP/obl/6 on/IN/case/13 %D/NNP/obl/6
%C/NNP/nsubj/5 and/CC/cc/3 %C/NNP/conj/1 have/VBP/aux/5 signed|ratified/VBN/root/0 an/DT/det/7 agreement|accord/NN/obj/5 on/IN/case/9 trade|fishing|gas/NN/nmod/7
Three|Four/CD/nummod/2 policemen|soldiers/NNS/nsubj/4 were/VBD/aux/4 killed|wounded/VBN/root/0 when/WRB/advmod/9 a/DT/det/8 roadside|car/NN/compound/8 bomb/NN/nsubj/9 exploded/VBD/advcl/4 near/IN/case/11 %P/NNP/obl/9 on/IN/case/13 %D/NNP/obl/9
At/IN/case/2 least/JJS/nmod/3 20|31|600/CD/nummod/4 people/NNS/nsubj/6 were/VBD/aux/6 killed|injured|arrested/VBN/root/0 in/IN/case/9 an/DT/det/9 attack|assault/NN/obl/6 on/IN/case/12 a/DT/det/12 market|hotel|convoy/NN/nmod/9
A/DT/det/2 court|tribunal/NN/nsubj/5 in/IN/case/4 %P/NNP/nmod/2 sentenced|jailed/VBD/root/0 the/DT/det/8 opposition|union/NN/compound/8 leader/NN/obj/5 to|for/IN/case/11 five|ten/CD/nummod/11 years/NNS/obl/5 in/IN/case/13 prison/NN/nmod/11 for/IN/case/15 treason|corruption/NN/obl/5
The/DT/det/3 opposition|protest/NN/compound/3 leader/NN/nsubj/5 was/VBD/aux/5 arrested|detained|jailed/VBN/root/0 on/IN/case/7 charges/NNS/obl/5 of/IN/mark/9 inciting|financing/VBG/acl/7 violence|terrorism/NN/obj/9
Thousands|Hundreds/NNS/nsubj/4 of/IN/case/3 people|students/NNS/nmod/1 marched|paraded/VBD/root/0 through/IN/case/6 %P/NNP/obl/4 to/TO/mark/8 protest|demonstrate/VB/advcl/4 against/IN/case/11 higher/JJR/amod/11 prices|taxes/NNS/obl/8
%C/NNP/nsubj/2 expelled/VBD/root/0 two|four/CD/nummod/5 %N/JJ/amod/5 diplomats|journalists/NNS/obj/2 accused/VBN/acl/5 of/IN/case/8 spying|espionage/NN/obl/6 on/IN/case/10 %D/NNP/obl/2
%C/NNP/nsubj/3 has/VBZ/aux/3 withdrawn|recalled/VBN/root/0 its/PRP$/nmod/5 ambassador|envoy/NN/obj/3 from/IN/case/7 %P/NNP/obl/3 in/IN/case/9 protest/NN/obl/3
The/DT/det/2 rebels|militants/NNS/nsubj/3 seized|took/VBD/root/0 control/NN/obj/3 of/IN/case/7 the/DT/det/7 airport|town/NN/nmod/4 before/IN/case/9 dawn/NN/obl/3
%C/NNP/nsubj/2 denied/VBD/root/0 that/IN/mark/7 its/PRP$/nmod/5 troops|aircraft/NNS/nsubj/7 had/VBD/aux/7 crossed|violated/VBN/ccomp/2 the/DT/det/9 border|truce/NN/obj/7
%C/NNP/nsubj/2 warned/VBD/root/0 %C/NNP/obj/2 that/IN/mark/7 it/PRP/nsubj/7 would/MD/aux/7 respond/VB/ccomp/2 to/IN/case/10 any/DT/det/10 attack|provocation/NN/obl/7
%C/NNP/nsubj/2 threatened|vowed/VBD/root/0 to/TO/mark/4 close|shut/VB/xcomp/2 the/DT/det/6 border|embassy/NN/obj/4 if/IN/mark/12 the/DT/det/9 sanctions|attacks/NNS/nsubj/12 are/VBP/aux/12 not/RB/advmod/12 lifted|stopped/VBN/advcl/4
%C/NNP/nsubj/2 refused|declined/VBD/root/0 to/TO/mark/4 extradite|return/VB/xcomp/2 the/DT/det/6 suspect|general/NN/obj/4 to/IN/case/8 %C/NNP/obl/4
The/DT/det/2 ministry|government/NN/nsubj/3 summoned/VBD/root/0 the/DT/det/6 %N/JJ/amod/6 ambassador|envoy/NN/obj/3 over/IN/case/9 the/DT/det/9 remarks|raid/NNS/obl/3
%C/NNP/nsubj/2 agreed/VBD/root/0 with/IN/case/4 %C/NNP/obl/2 on/IN/case/7 a/DT/det/7 ceasefire|truce/NN/obl/2 after/IN/case/9 talks/NNS/obl/2 in/IN/case/11 %P/NNP/nmod/9
The/DT/det/3 two/CD/nummod/3 sides|countries/NNS/nsubj/4 agreed/VBD/root/0 to/TO/mark/6 resume|hold/VB/xcomp/4 talks/NNS/obj/6 next/JJ/amod/9 month|week/NN/obl/6
%C/NNP/nsubj/2 lifted|eased/VBD/root/0 the/DT/det/4 restrictions|sanctions/NNS/obj/2 imposed/VBN/acl/4 after/IN/case/8 the/DT/det/8 coup|attack/NN/obl/5
The/DT/det/2 president|governor/NN/nsubj/3 declared|extended/VBD/root/0 a/DT/det/5 state/NN/obj/3 of/IN/case/7 emergency/NN/nmod/5 in/IN/case/10 two|five/CD/nummod/10 provinces/NNS/obl/3
%C/NNP/nsubj/3 will/MD/aux/3 send|deploy/VB/root/0 500|1,200/CD/nummod/5 troops|policemen/NNS/obj/3 to/IN/case/7 %C/NNP/obl/3 as/IN/case/9 part/NN/obl/3 of/IN/case/13 a/DT/det/13 peacekeeping|training/NN/compound/13 mission/NN/nmod/9
%C/NNP/nsubj/2 gave/VBD/root/0 %C/NNP/iobj/2 until/IN/case/5 %D/NNP/obl/2 to/TO/mark/7 withdraw|respond/VB/xcomp/2
The/DT/det/2 junta|government/NN/nsubj/3 gave/VBD/root/0 the/DT/det/5 diplomats|soldiers/NNS/iobj/3 48|72/CD/nummod/7 hours/NNS/obj/3 to/TO/mark/9 leave/VB/acl/7 the/DT/det/11 country|capital/NN/obj/9
%P/NNP/nsubj/2 rejected|dismissed/VBD/root/0 the/DT/det/4 accusations|claims/NNS/obj/2 as/IN/case/7 a/DT/det/7 lie|provocation/NN/obl/2
Residents|Thousands/NNS/nsubj/3 have/VBP/aux/3 fled/VBN/root/0 fighting|clashes/NN/obj/3 between/IN/case/7 the/DT/det/7 army/NN/nmod/4 and/CC/cc/10 the/DT/det/10 rebels/NNS/conj/7
Under/IN/case/3 a/DT/det/3 deal|truce/NN/obl/12 brokered|mediated/VBN/acl/3 by/IN/case/6 %C/NNP/obl/4 ,/,/punct/3 the/DT/det/10 two/CD/nummod/10 sides/NNS/nsubj/12 will/MD/aux/12 exchange|release/VB/root/0 prisoners/NNS/obj/12
%N/JJ/amod/2 warplanes|drones/NNS/nsubj/3 bombed|struck|hit/VBD/root/0 a/DT/det/5 hospital|depot|school/NN/obj/3 in/IN/case/9 the/DT/det/9 rebel-held|northern/JJ/amod/9 city/NN/obl/3 of/IN/case/11 %P/NNP/nmod/9
Gunmen|Bandits/NNS/nsubj/2 abducted|killed|kidnapped/VBD/root/0 six/CD/nummod/5 aid|oil/NN/compound/5 workers/NNS/obj/2 in/IN/case/8 northern|central/JJ/amod/8 %C/NNP/obl/2 on/IN/case/10 %D/NNP/obl/2
A/DT/det/3 suicide/NN/compound/3 bomber/NN/nsubj/4 blew/VBD/root/0 himself|herself/PRP/obj/4 up/RP/compound/4 outside|inside/IN/case/10 a/DT/det/10 police|bus/NN/compound/10 station/NN/obl/4
The/DT/det/2 president|king/NN/nsubj/3 dismissed|sacked|replaced/VBD/root/0 his/PRP$/nmod/6 defence|finance/NN/compound/6 minister/NN/obj/3 after|over/IN/case/9 the/DT/det/9 attack|scandal/NN/obl/3
Human/JJ/amod/2 rights/NNS/compound/3 groups/NNS/nsubj/4 accused/VBD/root/0 the/DT/det/6 army|police/NN/obj/4 of/IN/case/10 human/JJ/amod/9 rights/NNS/compound/10 abuses|violations/NNS/obl/4
The/DT/det/3 United/NNP/amod/3 Nations/NNPS/nsubj/4 expressed|voiced/VBD/root/0 concern|alarm/NN/obj/4 over/IN/case/8 human/JJ/amod/8 rights/NNS/nmod/5 in/IN/case/10 %C/NNP/nmod/8
%C/NNP/nsubj/3 is/VBZ/cop/3 ready|open/JJ/root/0 for|to/IN/case/5 talks/NNS/obl/3 with/IN/case/7 %C/NNP/nmod/5
%C/NNP/nsubj/4 is|was/VBZ/cop/4 deeply|gravely/RB/advmod/4 concerned|worried/JJ/root/0 about/IN/case/7 the/DT/det/7 fighting|situation/NN/obl/4 in/IN/case/9 %C/NNP/nmod/7
Talks/NNS/nsubj/9 between/IN/case/3 %C/NNP/nmod/1 and/CC/cc/5 %C/NNP/conj/3 on|over/IN/case/8 the/DT/det/8 dam|border/NN/nmod/1 broke/VBD/root/0 down|up/RP/compound/9 in/IN/case/12 %P/NNP/obl/9
The/DT/det/2 call|request/NN/nsubj/6 for/IN/case/4 elections|sanctions/NNS/nmod/2 was/VBD/aux/6 rejected|welcomed|ignored/VBN/root/0 by/IN/case/9 the/DT/det/9 government|opposition/NN/obl/6
%G/NNP/nsubj/10 %S/NNP/flat/1 ,/,/punct/4 leader|head/NN/appos/1 of/IN/case/7 the/DT/det/7 party|union/NN/nmod/4 ,/,/punct/1 was/VBD/aux/10 detained|released/VBN/root/0 at/IN/case/13 the/DT/det/13 airport/NN/obl/10
%C/NNP/nsubj/2 backs|arms/VBZ/root/0 the/DT/det/4 rebels/NNS/obj/2 ,/,/punct/8 while/IN/mark/8 %C/NNP/nsubj/8 supports/VBZ/advcl/2 the/DT/det/10 government/NN/obj/8
%C/NNP/nsubj/2 praised|welcomed|hailed/VBD/root/0 the/DT/det/4 decision|vote/NN/obj/2 ,/,/punct/6 calling/VBG/advcl/2 it/PRP/obj/6 a/DT/det/9 step/NN/xcomp/6 in/IN/case/13 the/DT/det/13 right/JJ/amod/13 direction/NN/nmod/9
Militants/NNS/nsubj/2 attacked|stormed/VBD/root/0 an/DT/det/5 army/NN/compound/5 base|post/NN/obj/2 in/IN/case/9 the/DT/det/9 northern|eastern/JJ/amod/9 province/NN/nmod/5 of/IN/case/11 %P/NNP/nmod/9 ,/,/punct/13 killing|capturing/VBG/advcl/2 nine/CD/nummod/15 soldiers/NNS/obj/13
%C/NNP/nsubj/2 freed|released/VBD/root/0 12/CD/nummod/4 prisoners|hostages/NNS/obj/2 in/IN/case/6 exchange/NN/obl/2 for/IN/case/10 two/CD/nummod/10 captured/VBN/amod/10 soldiers/NNS/nmod/6
Protesters/NNS/nsubj/2 set/VBD/root/0 fire/NN/obj/2 to/IN/case/7 a/DT/det/7 police|bus/NN/compound/7 station/NN/obl/2 and/CC/cc/9 blocked|occupied/VBD/conj/2 the/DT/det/12 main/JJ/amod/12 road|square/NN/obj/9
The/DT/det/2 government/NN/nsubj/4 has/VBZ/aux/4 imposed|declared/VBN/root/0 a/DT/det/6 curfew/NN/obj/4 on|in/IN/case/9 the/DT/det/9 capital/NN/obl/4 following/VBG/case/11 clashes|protests/NNS/obl/4
%C/NNP/nsubj/3 has/VBZ/aux/3 asked/VBN/root/0 the/DT/det/7 International/NNP/amod/7 Monetary/NNP/amod/7 Fund/NNP/obj/3 for/IN/case/10 a/DT/det/10 loan/NN/obl/3 of/IN/case/12 $/$/nmod/10 3|7/CD/compound/14 billion/CD/nummod/12
%C/NNP/nsubj/2 deported|returned/VBD/root/0 dozens|hundreds/NNS/obj/2 of/IN/case/5 migrants|refugees/NNS/nmod/3 to/IN/case/7 %C/NNP/obl/2
Workers|Teachers|Nurses/NNS/nsubj/2 went/VBD/root/0 on/IN/case/4 strike/NN/obl/2 for/IN/case/8 a/DT/det/8 second|third/JJ/amod/8 day/NN/obl/2 over/IN/case/10 pay/NN/obl/2
It|He|She/PRP/nsubj/2 urged|asked/VBD/root/0 both/DT/det/4 sides/NNS/obj/2 to/TO/mark/6 show/VB/xcomp/2 restraint/NN/obj/6 and/CC/cc/9 return/VB/conj/6 to/IN/case/12 the/DT/det/12 table/NN/obl/9
%C/NNP/nsubj/2 handed|turned/VBD/root/0 over/RP/compound/2 a/DT/det/5 suspect|report/NN/obj/2 to/IN/case/7 %C/NNP/obl/2
%C/NNP/nsubj/2 broke|cut/VBD/root/0 off/RP/compound/2 relations|contacts/NNS/obj/2 with/IN/case/6 %C/NNP/nmod/4
Troops|Soldiers/NNS/nsubj/2 opened/VBD/root/0 fire/NN/obj/2 on/IN/case/6 a/DT/det/6 crowd|bus/NN/obl/2 in/IN/case/8 %P/NNP/obl/2 ,/,/punct/10 wounding|killing/VBG/advcl/2 several/JJ/amod/12 people/NNS/obj/10
The/DT/det/2 police/NNS/nsubj/3 carried/VBD/root/0 out/RP/compound/3 raids|searches/NNS/obj/3 in/IN/case/8 several/JJ/amod/8 cities/NNS/obl/3
The/DT/det/2 army/NN/nsubj/3 set/VBD/root/0 up/RP/compound/3 checkpoints/NNS/obj/3 around|in/IN/case/8 the/DT/det/8 capital/NN/obl/3
%C/NNP/nsubj/2 supplied|provided/VBD/root/0 %C/NNP/obj/2 with/IN/case/5 weapons|ammunition/NNS/obl/2 during/IN/case/8 the/DT/det/8 war/NN/obl/2
%C/NNP/nsubj/2 pledged|promised/VBD/root/0 $/$/obj/2 50|20/CD/compound/5 million/CD/nummod/3 in/IN/case/8 humanitarian|military/JJ/amod/8 aid/NN/nmod/3 to/IN/case/10 %C/NNP/obl/2
The/DT/det/2 border|embassy/NN/nsubj/5 has/VBZ/aux/5 been/VBN/aux/5 closed/VBN/root/0 since/IN/case/7 2021/CD/obl/5
%N/JJ/amod/2 lawmakers/NNS/nsubj/3 approved|passed/VBD/root/0 a/DT/det/5 bill|law/NN/obj/3 that/WDT/nsubj/8 would/MD/aux/8 ban|tax/VB/acl/5 foreign/JJ/amod/10 media/NNS/obj/8
Clashes/NNS/nsubj/6 between/IN/case/3 police/NNS/nmod/1 and/CC/cc/5 protesters/NNS/conj/3 broke/VBD/root/0 out/RP/compound/6 in/IN/case/9 %P/NNP/obl/6 on/IN/case/11 %D/NNP/obl/6
%C/NNP/nmod/3 's/POS/case/1 president|premier/NN/nsubj/4 arrived/VBD/root/0 in/IN/case/6 %P/NNP/obl/4 on/IN/case/8 %D/NNP/obl/4 for/IN/case/10 talks/NNS/obl/4 with/IN/case/14 his/PRP$/nmod/14 %N/JJ/amod/14 counterpart/NN/nmod/10
The/DT/det/2 agreement|truce/NN/nsubj/9 signed|reached/VBN/acl/2 in/IN/case/5 %P/NNP/obl/3 last/JJ/amod/7 year/NN/obl/3 has/VBZ/aux/9 collapsed|expired/VBN/root/0
The/DT/det/2 tanker|activist/NN/nsubj/9 seized|held/VBN/acl/2 by/IN/case/5 %C/NNP/obl/3 last/JJ/amod/7 month/NN/obl/3 was/VBD/aux/9 released|freed/VBN/root/0 on/IN/case/11 %D/NNP/obl/9
%C/NNP/nsubj/2 said/VBD/root/0 on/IN/case/4 %D/NNP/obl/2 it/PRP/nsubj/7 would/MD/aux/7 withdraw/VB/ccomp/2 from/IN/case/10 the/DT/det/10 treaty|talks/NN/obl/7
The/DT/det/2 minister|general/NN/nsubj/3 told/VBD/root/0 reporters|parliament/NNS/iobj/3 that/IN/mark/9 the/DT/det/7 talks|rebels/NNS/nsubj/9 had/VBD/aux/9 failed|surrendered/VBN/ccomp/3
%C/NNP/nsubj/2 described|condemned/VBD/root/0 the/DT/det/4 move|raid/NN/obj/2 as/IN/case/7 a/DT/det/7 provocation|crime/NN/obl/2
%C/NNP/nsubj/2 blamed/VBD/root/0 %C/NNP/obj/2 for/IN/case/6 the/DT/det/6 attack|crisis/NN/obl/2
%C/NNP/nsubj/2 called/VBD/root/0 for/IN/case/5 an/DT/det/5 end/NN/obl/2 to/IN/case/8 the/DT/det/8 fighting|violence/NN/nmod/5
""".strip().split("\n")


class Dice:
    """Numbers that are the same on every machine."""

    def __init__(self):
        self.state = 1

    def below(self, count):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % count

    def of(self, things):
        return things[self.below(len(things))]


class Word:
    def __init__(self, form, upos, xpos, relation, head):
        self.form, self.upos, self.xpos, self.relation, self.head = form, upos, xpos, relation, head


def piece(dice, text):
    """The words of a piece, and its head (the first word with head 0)."""
    words = []
    for part in text.split():
        form, upos, xpos, relation, head = part.rsplit("/", 4)
        for sign, things in (("%G", GIVEN), ("%S", SURNAMES), ("%N", NATIONS), ("%C", COUNTRIES), ("%P", CITIES), ("%D", DAYS)):
            if form == sign:
                form = dice.of(things)
        words.append(Word(form, upos, xpos, relation, int(head)))
    for word in words:
        word.head = words[word.head - 1] if word.head else None
    return words, next(word for word in words if word.head is None)


UPOS = {"NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "JJ": "ADJ", "JJR": "ADJ", "JJS": "ADJ", "RB": "ADV", "WRB": "ADV",
        "IN": "ADP", "RP": "ADP", "DT": "DET", "PRP": "PRON", "WP": "PRON", "WDT": "PRON", "PRP$": "PRON", "CD": "NUM", "CC": "CCONJ",
        "POS": "PART", "TO": "PART", "MD": "AUX", "$": "SYM", ",": "PUNCT"}


def upos_of(xpos, relation):
    if xpos.startswith("VB"):
        return "AUX" if relation in ("aux", "cop") else "VERB"
    if xpos == "IN" and relation == "mark":
        return "SCONJ"
    return "ADJ" if xpos in ("NNP", "NNPS") and relation == "amod" else UPOS[xpos]


def frame(dice, text):
    """The words of a filled frame, and its root."""
    parts = []
    for part in text.split():
        forms, xpos, relation, head = part.rsplit("/", 3)
        form = dice.of(forms.split("|"))
        parts.append("/".join((form, upos_of(xpos, relation), xpos, relation, head)))
    words, root = piece(dice, " ".join(parts))
    great(words[0])
    return words, root


def mark(form, head):
    tag = {",": ",", ".": ".", '"': "``"}[form]
    return Word(form, "PUNCT", tag, "punct", head)


def quotation(words, head):
    closing = mark('"', head)
    closing.xpos = "''"
    return [mark('"', head)] + words + [closing]


def attach(words_and_head, relation, to):
    words, head = words_and_head
    if head.relation == "@" or relation != "@":
        head.relation = relation
    head.head = to
    return words


def hang(words_and_head, to):
    """A piece whose own head says its relation."""
    words, head = words_and_head
    for word in words:
        if word.head is None:
            word.head = to
    return words


def between_commas(dice, noun):
    """", the foreign minister,", ", who leads the delegation,": behind a noun."""
    if dice.below(2):
        words, head = piece(dice, dice.of(APPOSITIONS))
        if head.relation == "@":
            head.relation = "appos"
        own, behind = head, noun
    else:
        words, head = piece(dice, dice.of(RELATIVES))
        own = behind = head
    head.head = noun
    return [mark(",", own)] + words + [mark(",", behind)]


def speaker(dice, beside=True):
    """Words, the head."""
    words, head = piece(dice, dice.of(SPEAKERS))
    if words[0].upos == "PROPN" and len(words) == 2 and words[1].relation == "flat" and dice.below(2):
        title = [part.rsplit("/", 4) for part in dice.of(TITLES).split()]
        made = []
        for form, upos, xpos, relation, at in title:
            form = dice.of(NATIONS) if form == "%N" else form
            made.append(Word(form, upos, xpos, relation, int(at)))
        for word in made:
            word.head = made[word.head - 1] if word.head <= len(made) else head
        words = made + words
    pronoun = head.upos == "PRON"
    if beside and not pronoun and dice.below(5) == 0:
        words = words + between_commas(dice, head)
    return words, head


def cue(dice):
    form, xpos = dice.of(VERBS).split("/")
    return Word(form, "VERB", xpos, "root", None)


def tails(dice, verb):
    words = []
    for _ in range(dice.of([0, 0, 1, 1, 1, 2])):
        words += hang(piece(dice, dice.of(TAILS)), verb)
    return words


def said(dice, inverted):
    """The words of an attribution, and its verb."""
    verb = cue(dice)
    who, head = speaker(dice)
    head.relation, head.head = "nsubj", verb
    if inverted and head.upos != "PRON":
        if who[-1].form == ",":
            who.pop()
        return [verb] + who, verb
    if verb.form == "says" and (head.xpos in ("NNS", "NNPS") or head.form == "they"):
        verb.form, verb.xpos = "say", "VBP"
    words = who + [verb]
    if verb.form == "said" and dice.below(6) == 0:
        verb.form = "told"
        words += hang(piece(dice, dice.of(LISTENERS)), verb)
    return words + tails(dice, verb), verb


def small(word):
    if word.upos != "PROPN" and word.form != "I" and not word.form.startswith("I'"):
        word.form = word.form[:1].lower() + word.form[1:]


def great(word):
    word.form = word.form[:1].upper() + word.form[1:]


def behind(dice, words, root):
    """'S, X said.', '"S," X said.', 'S, said X.'"""
    kind = dice.below(10)
    quoted, inverted = kind in (0, 1, 2, 3), kind in (2, 3, 4)
    attribution, verb = said(dice, inverted)
    root.relation, root.head = "ccomp", verb
    first = words + [mark(",", root)]
    return (quotation(first, root) if quoted else first) + attribution + [mark(".", verb)]


def according(dice, words, root):
    who, head = speaker(dice, False)
    if head.upos == "PRON":
        return None
    head.relation, head.head = "obl", root
    case = Word("according", "VERB", "VBG", "case", head)
    to = Word("to", "ADP", "IN", "fixed", case)
    if dice.below(4):
        return words + [mark(",", root), case, to] + who + [mark(".", root)]
    great(case)
    small(words[0])
    return [case, to] + who + [mark(",", head)] + words + [mark(".", root)]


def before(dice, words, root):
    """'X said on Monday that S.'"""
    attribution, verb = said(dice, False)
    great(attribution[0])
    small(words[0])
    root.relation, root.head = "ccomp", verb
    that = [Word("that", "SCONJ", "IN", "mark", root)] if dice.below(2) else []
    return attribution + that + words + [mark(".", verb)]


def subject_of(words, root):
    """Where the words of the root's subject end, when the verb follows at once; 0."""
    subjects = [word for word in words if word.head is root and word.relation == "nsubj" and word.upos in ("NOUN", "PROPN")]
    if len(subjects) != 1:
        return 0, None
    noun = subjects[0]
    below, grown = {id(noun)}, True
    while grown:
        grown = False
        for word in words:
            if word.head is not None and id(word.head) in below and id(word) not in below:
                below.add(id(word))
                grown = True
    end = max(at for at, word in enumerate(words) if id(word) in below) + 1
    first = min(at for at, word in enumerate(words) if id(word) in below)
    if first or end >= len(words) or words[end - 1].upos == "PUNCT" or end != len(below):
        return 0, None
    verb = words[end]
    return (end, noun) if verb.head is root and verb.relation == "aux" or verb is root else (0, None)


def longer_subject(dice, words, root):
    end, noun = subject_of(words, root)
    if not end:
        return None
    return words[:end] + between_commas(dice, noun) + words[end:] + [mark(".", root)]


def made_of(dice, words, root):
    kind = dice.below(10)
    made = longer_subject(dice, words, root) if kind < 4 else None
    if made:
        return made
    if kind in (4, 5):
        return according(dice, words, root)
    return before(dice, words, root) if kind in (6, 7) else behind(dice, words, root)


def is_plain(rows):
    """A statement with a subject, a finite verb and a stop, without quotation marks, that begins with a capital."""
    if not WORDS_MIN <= len(rows) <= WORDS_MAX or rows[-1][1] != "." or not rows[0][1][:1].isupper():
        return False
    root = [row for row in rows if row[6] == "0"]
    if len(root) != 1 or root[0][3] not in ("VERB", "NOUN", "ADJ", "PROPN"):
        return False
    below = [row for row in rows if row[6] == root[0][0]]
    finite = any(row[4] in ("VBD", "VBZ", "VBP", "MD") for row in below + root if row in root or row[7].split(":")[0] in ("aux", "cop"))
    subject = any(row[7].split(":")[0] in ("nsubj", "expl", "csubj") for row in below)
    odd = any(row[4] in ("``", "''", "-LRB-", "ADD") or row[1] in ("?", "!", ":", ";", "--") for row in rows[:-1])
    return finite and subject and not odd and rows[-1][6] == root[0][0]


def print_made(out, words):
    """A sentence, and a tree or an error."""
    for number, word in enumerate(words, 1):
        word.number = number
    assert sum(word.head is None for word in words) == 1
    for word in words:
        steps, above = 0, word
        while above.head is not None:
            above, steps = above.head, steps + 1
            assert steps < len(words) and words[above.number - 1] is above
    out.write("# text = %s\n" % " ".join(word.form for word in words))
    for word in words:
        out.write("\t".join((str(word.number), word.form, "_", word.upos, word.xpos, "_", str(word.head.number if word.head else 0),
                             word.relation, "_", "_")) + "\n")
    out.write("\n")


def make(dice, rows):
    words = [Word(row[1], row[3], row[4], row[7].split(":")[0], int(row[6])) for row in rows]
    for word in words:
        word.head = words[word.head - 1] if word.head else None
    root = next(word for word in words if word.head is None)
    return made_of(dice, words[:-1], root)


def main():
    dice, seen, count = Dice(), 0, 0
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        for path in sys.argv[2:]:
            rows = []
            out.write("# newdoc\n")
            with open(path, encoding="utf-8") as lines:
                for line in lines:
                    out.write(line)
                    line = line.rstrip("\n")
                    if line and line[0] != "#":
                        columns = line.split("\t")
                        if "-" not in columns[0] and "." not in columns[0]:
                            rows.append(columns)
                    if line:
                        continue
                    if rows and is_plain(rows):
                        seen += 1
                        made = make(dice, rows) if seen % EVERY == 0 else None
                        if made:
                            print_made(out, made)
                            count += 1
                    rows = []
        for _ in range(FRAME_TIMES):
            for text in FRAMES:
                words, root = frame(dice, text)
                made = made_of(dice, words, root) if dice.below(2) else words + [mark(".", root)]
                if made:
                    print_made(out, made)
                    count += 1
    print("%d sentences made, of %d plain ones and the frames" % (count, seen))


if __name__ == "__main__":
    main()
