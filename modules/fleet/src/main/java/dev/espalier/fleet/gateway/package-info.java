/**
 * The fleet's door for people and programs: a page, an HTTP interface, streams of events, health
 * and meters.
 *
 * <p>What is shown is made by {@link dev.espalier.fleet.view.Views}, not here. Read {@link
 * dev.espalier.fleet.gateway.GatewayVerticle} first.
 */
@NullMarked
package dev.espalier.fleet.gateway;

import org.jspecify.annotations.NullMarked;
