/** Prices of what is not a droplet, from the kinds of the graph. @module */
import { reservedIp } from "../../infra/resources/reserved-ip.js";
import { volume } from "../../infra/resources/volume.js";
import type { World } from "../world.js";

/** A reserved address: free while a droplet has it. Unit: USD per hour. */
export function reservedIpPrice({ catalogue }: World, isAssigned: boolean): number {
  return reservedIp.priceUsdPerHour(isAssigned ? { droplet_id: 1 } : {}, catalogue);
}

/** A volume. Unit: USD per hour. */
export function volumePrice({ catalogue }: World, sizeGb: number): number {
  return volume.priceUsdPerHour({ size: sizeGb }, catalogue);
}
