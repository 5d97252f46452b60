/** The files of a data folder: whose they are, whether they are whole, and the snapshots. */
@NullMarked
package mutirao.raft.files;

import org.jspecify.annotations.NullMarked;
