/**
 * What a study, task, recipe, mask and event are, and what is always true of them: values only.
 *
 * <p>No bytes, no threads, no clocks belong here: codecs live in {@code wire}, arithmetic on
 * weights in {@code compute}. Read {@link dev.espalier.domain.study.Study} first.
 */
@NullMarked
package dev.espalier.domain;

import org.jspecify.annotations.NullMarked;
