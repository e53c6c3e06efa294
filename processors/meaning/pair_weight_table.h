/* pair_weight_table: made by models/train_pairs.c, not by people:
 * what each feature of pair_confidence.c speaks for an event, in thousandths. */
#define PAIR_WEIGHTS \
    -516, -516, -177, 52, 199, 70, 566, 75, 107, 53, -6, -516, -301, 28, -81, 507, \
    -358, 206, -250, 330, -66, -701, -153, 44, -137, 218, -287, 222, -108, -27, 6, 483, \
    577, 201, 307, 316, 163, 517, 735, 109, -27
