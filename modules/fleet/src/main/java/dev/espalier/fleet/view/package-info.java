/**
 * What people and programs are shown: figures read off the standings, small enough to be sent over
 * and over.
 *
 * <p>Nothing here changes anything. Read {@link dev.espalier.fleet.view.Views} first.
 */
@NullMarked
package dev.espalier.fleet.view;

import org.jspecify.annotations.NullMarked;
