/** A plain model beside the machine: what may be true, as simply as it can be said. */
@NullMarked
package mutirao.core.oracle;

import org.jspecify.annotations.NullMarked;
