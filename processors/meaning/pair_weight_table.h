/* pair_weight_table: made by models/train_pairs.c, not by people:
 * what each feature of pair_confidence.c speaks for an event, in thousandths. */
#define PAIR_WEIGHTS \
    -478, -478, -358, -84, 63, 271, 253, 309, 231, 100, 30, -478, -54, -368, 233, 199, \
    247, -241, 67, 31, 106, -737, 82, 95, -3, -79, 100, 201, -174, 115, 25, 482, \
    265, 122, 265, 200, 190, 465, 609, 312, -311
