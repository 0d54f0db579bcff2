import ipaddr from 'ipaddr.js';

const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

const isPublic4 = (address: ipaddr.IPv4): boolean => address.range() === 'unicast';

/** The IPv4 address that an IPv6 one stands for; null where it stands for none, or is of an outdated kind that hides one. */
function embedded(address: ipaddr.IPv6): ipaddr.IPv4 | null {
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  if (address.match(NAT64)) return new ipaddr.IPv4(address.toByteArray().slice(12));
  return null;
}

/**
 * Whether an address may be one that a stranger named: public unicast. Private, loopback, link-local (cloud metadata among them),
 * carrier-grade NAT, multicast, documentation and reserved ranges are not, in either family; where an IPv6 address carries
 * an IPv4 one (mapped, NAT64), that one decides. 6to4, Teredo and the like are refused: they hide an address and no
 * server lives there.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address.kind() === 'ipv4') return isPublic4(address as ipaddr.IPv4);
  const six = address as ipaddr.IPv6;
  const four = embedded(six);
  if (four !== null) return isPublic4(four);
  return six.range() === 'unicast' && six.match(GLOBAL_UNICAST);
}

/** Whether an address is this very machine's, in either family; a mapped one counts as what it stands for. */
export const isLoopback = (text: string): boolean =>
  ipaddr.isValid(text) && ipaddr.process(text).range() === 'loopback';

/** Whether a URL's host name leads to this very machine: `localhost`, what stands below it, or an address of its own. */
export const isLoopbackName = (hostname: string): boolean =>
  isAddressLiteral(hostname) ? isLoopback(bareHost(hostname)) : /^(?:[\w-]+\.)*localhost$/i.test(hostname);

/** Whether a URL's host name is an address rather than a name. The URL parser has turned decimal, octal and hex into dotted form. */
export const isAddressLiteral = (hostname: string): boolean =>
  hostname.startsWith('[') || ipaddr.IPv4.isValidFourPartDecimal(hostname);

/** Of a URL's host: without the brackets of IPv6. */
export const bareHost = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');
