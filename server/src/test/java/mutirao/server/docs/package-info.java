/** That the documents say what the server does. */
@NullMarked
package mutirao.server.docs;

import org.jspecify.annotations.NullMarked;
