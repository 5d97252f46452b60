/** The workloads: what is sent when, and whether what comes back is right. */
@NullMarked
package mutirao.bench.load;

import org.jspecify.annotations.NullMarked;
