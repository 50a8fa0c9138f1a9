/**
 * The page as people meet it: in a headless Chromium, over a real gateway on a real log.
 *
 * <p>What the routes answer is tried beside the gateway. Read {@link
 * dev.espalier.fleet.browser.PageTest} first.
 */
@NullMarked
package dev.espalier.fleet.browser;

import org.jspecify.annotations.NullMarked;
