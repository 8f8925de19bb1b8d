/** The account itself. @module */
import { done } from "../answer.js";
import type { Handlers } from "../call.js";

/** Who the emulated account belongs to. */
export const ACCOUNT_UUID = "00000000-0000-4000-8000-000000000001";

/** Operations on the account. */
export const accountHandlers: Handlers = {
  account_get: ({ world }) =>
    done({
      account: {
        droplet_limit: world.dropletLimit,
        floating_ip_limit: 5,
        reserved_ip_limit: 5,
        volume_limit: 100,
        email: "emulator@example.com",
        name: "Emulator",
        uuid: ACCOUNT_UUID,
        email_verified: true,
        status: "active",
        status_message: "",
        team: { uuid: "00000000-0000-4000-8000-000000000002", name: "Emulated team" },
      },
    }),
};
