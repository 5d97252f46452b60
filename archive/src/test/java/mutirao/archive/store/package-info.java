/** Tests of the file. */
package mutirao.archive.store;
