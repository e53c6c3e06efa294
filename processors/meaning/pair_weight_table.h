/* pair_weight_table: made by models/train_pairs.c, not by people:
 * what each feature of pair_confidence.c speaks for an event, in thousandths. */
#define PAIR_WEIGHTS \
    -637, -637, -170, -275, 189, 780, 115, 116, 302, 151, -82, -637, -267, 73, 142, 167, \
    387, -133, 29, 148, 33, -1014, 230, 99, 160, 148, 293, -73, -174, 25, 174, 283, \
    289, 76, 54, 53, 376, 411, 770, 116, 67
