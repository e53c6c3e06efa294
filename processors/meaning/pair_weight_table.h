/* pair_weight_table: made by models/train_pairs.c, not by people:
 * what each feature of pair_confidence.c speaks for an event, in thousandths. */
#define PAIR_WEIGHTS \
    -540, -540, -212, -94, 77, 328, 227, 200, 181, 143, -81, -540, -73, -372, 244, 476, \
    -186, -201, 204, -83, 117, -588, 220, -12, -22, -113, -45, 251, -225, -2, 164, 378, \
    380, 248, 228, 399, 166, 462, 711, 305, -422
