/** Tests of the gateway's HTTP interface, over real sockets and a real log. */
@NullMarked
package dev.espalier.fleet.gateway;

import org.jspecify.annotations.NullMarked;
