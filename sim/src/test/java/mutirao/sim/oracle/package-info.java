/** What users may believe, kept beside the machine in the most obvious way and compared with it. */
@NullMarked
package mutirao.sim.oracle;

import org.jspecify.annotations.NullMarked;
