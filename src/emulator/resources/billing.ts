/** Balance, invoices and insights, from what resources cost at list prices. @module */
import { billedUsd } from "../../infra/catalogue/billing.js";
import { type Answer, done, notFound, unprocessable } from "../answer.js";
import type { Call, Handlers } from "../call.js";
import { timestamp } from "../emulator-time.js";
import type { JsonObject } from "../json.js";
import { listed, pageOf } from "../page.js";
import type { BillRecord } from "../records.js";
import type { World } from "../world.js";
import { ACCOUNT_UUID } from "./account.js";
import { chargedSince } from "./bills.js";

/** What resources are called on an invoice. */
const PRODUCTS: Readonly<Record<string, string>> = {
  droplet: "Droplets",
  volume: "Volumes",
  loadbalancer: "Load Balancers",
  floatingip: "Reserved IPs",
  kubernetes: "Kubernetes Clusters",
  dbaas: "Database Clusters",
  registry: "Container Registry",
};

/** Operations on bills. */
export const billingHandlers: Handlers = {
  balance_get: ({ world }) => {
    const usage = usd(chargedSince(world, monthStart(world.time.now())));
    return done({
      month_to_date_balance: usage,
      account_balance: "0.00",
      month_to_date_usage: usage,
      generated_at: world.timestamp,
    });
  },
  billingHistory_list: (call) =>
    listed(call, "billing_history", invoices(call.world), ({ uuid, start, end, world }) => ({
      description: `Invoice for ${monthName(start)}`,
      amount: usd(amountIn(world, start, end)),
      invoice_id: uuid.slice(-8),
      invoice_uuid: uuid,
      date: timestamp(end),
      type: "Invoice",
    })),
  invoices_list: (call) => {
    const { world } = call;
    const { entries, links, meta } = pageOf(call, invoices(world));
    const preview = invoiceAt(world, monthStart(world.time.now()));
    return done({ invoices: entries.map(invoiceView), invoice_preview: invoiceView(preview), links, meta });
  },
  invoices_get_byUUID: (call) => listed(call, "invoice_items", itemsOf(invoiceOf(call)), (item) => item),
  invoices_get_csvByUUID: (call) => {
    const items = itemsOf(invoiceOf(call));
    const columns = ["product", "description", "duration", "duration_unit", "start_time", "end_time", "amount"];
    const rows = items.map((item) => columns.map((column) => `"${String(item[column]).replaceAll('"', '""')}"`).join());
    return { status: 200, text: { type: "text/csv", content: `${[columns.join(), ...rows].join("\n")}\n` } };
  },
  invoices_get_pdfByUUID: (call) => {
    const { uuid } = invoiceOf(call);
    return {
      status: 200,
      text: { type: "application/pdf", content: `%PDF-1.4\n% Invoice ${uuid} of an emulated account\n%%EOF\n` },
    };
  },
  invoices_get_summaryByUUID: (call) => done(summaryOf(invoiceOf(call))),
  billingInsights_list: listInsights,
};

interface Invoice {
  readonly world: World;
  readonly uuid: string;
  /** Unit: seconds since 1970-01-01 UTC. */
  readonly start: number;
  readonly end: number;
}

/** Invoices of the months that are over, newest first. */
function invoices(world: World): Invoice[] {
  const bills = [...world.tables.bills.all()];
  const first = Math.min(...bills.map(({ from }) => from), world.time.now());
  const months: Invoice[] = [];
  for (let start = monthStart(first); start < monthStart(world.time.now()); start = nextMonth(start)) {
    months.push(invoiceAt(world, start));
  }
  return months.reverse();
}

function invoiceAt(world: World, start: number): Invoice {
  const digits = String(start).padStart(12, "0");
  return { world, uuid: `00000000-0000-4000-9000-${digits}`, start, end: nextMonth(start) };
}

/** The invoice that a path names: of a month that is over, or the preview of this one. */
function invoiceOf({ world, params }: Call): Invoice {
  const now = monthStart(world.time.now());
  const invoice = [invoiceAt(world, now), ...invoices(world)].find(({ uuid }) => uuid === params.invoice_uuid);
  if (invoice === undefined) throw notFound();
  return invoice;
}

function billsIn({
  world,
  start,
  end,
}: Invoice): { readonly bill: BillRecord; readonly from: number; readonly until: number }[] {
  const now = world.time.now();
  return [...world.tables.bills.all()]
    .map((bill) => ({ bill, from: Math.max(bill.from, start), until: Math.min(bill.until ?? now, end) }))
    .filter(({ from, until }) => until >= from);
}

function amountIn(world: World, start: number, end: number): number {
  const bills = billsIn({ world, uuid: "", start, end });
  return bills.reduce((sum, { bill, from, until }) => sum + billedUsd(bill.usdPerHour, until - from), 0);
}

function itemsOf(invoice: Invoice): JsonObject[] {
  return billsIn(invoice).map(({ bill, from, until }) => ({
    product: productOf(bill),
    resource_id: bill.urn.split(":")[2],
    resource_uuid: "",
    group_description: "",
    description: bill.name,
    amount: usd(billedUsd(bill.usdPerHour, until - from)),
    duration: String(Math.ceil((until - from) / 3600)),
    duration_unit: "Hours",
    start_time: timestamp(from),
    end_time: timestamp(until),
    project_name: "first-project",
  }));
}

function invoiceView({ world, uuid, start, end }: Invoice): JsonObject {
  return {
    invoice_uuid: uuid,
    invoice_id: uuid.slice(-8),
    amount: usd(amountIn(world, start, end)),
    invoice_period: monthName(start),
    updated_at: world.timestamp,
  };
}

function summaryOf(invoice: Invoice): JsonObject {
  const { world, uuid, start, end } = invoice;
  const byProduct = new Map<string, { amount: number; count: number }>();
  for (const { bill, from, until } of billsIn(invoice)) {
    const sum = byProduct.get(productOf(bill)) ?? { amount: 0, count: 0 };
    sum.amount += billedUsd(bill.usdPerHour, until - from);
    sum.count++;
    byProduct.set(productOf(bill), sum);
  }
  const items = [...byProduct].map(([name, { amount, count }]) => ({
    name,
    amount: usd(amount),
    count: String(count),
  }));
  const nothing = (name: string): JsonObject => ({ name, amount: "0.00" });
  return {
    invoice_uuid: uuid,
    invoice_id: uuid.slice(-8),
    billing_period: monthName(start),
    amount: usd(amountIn(world, start, end)),
    user_name: "Emulator",
    user_billing_address: {
      address_line1: "",
      address_line2: "",
      city: "",
      region: "",
      postal_code: "",
      country_iso2_code: "",
      created_at: timestamp(start),
      updated_at: timestamp(start),
    },
    user_company: "",
    user_email: "emulator@example.com",
    product_charges: { name: "Product usage charges", amount: usd(amountIn(world, start, end)), items },
    overages: nothing("Overages"),
    taxes: nothing("Taxes"),
    credits_and_adjustments: nothing("Credits & adjustments"),
  };
}

function listInsights(call: Call): Answer {
  const { world, params } = call;
  if (!params.account_urn!.startsWith("do:")) throw notFound();
  const [start, end] = [params.start_date!, params.end_date!].map((date) => {
    const seconds = Date.parse(`${date}T00:00:00Z`) / 1000;
    if (!/^\d{4}-\d\d-\d\d$/.test(date) || Number.isNaN(seconds))
      throw unprocessable("Dates must be of the form YYYY-MM-DD.");
    return seconds;
  }) as [number, number];
  if (start > end) throw unprocessable("start_date must not be after end_date.");
  const points = billsIn({ world, uuid: "", start, end: end + 86_400 }).map(({ bill, from, until }) => ({
    usage_team_urn: `do:team:${ACCOUNT_UUID}`,
    start_date: timestamp(from).slice(0, 10),
    total_amount: usd(billedUsd(bill.usdPerHour, until - from)),
    region: "",
    sku: bill.urn.split(":")[1]!,
    description: bill.name,
    group_description: productOf(bill),
  }));
  const { entries, meta } = pageOf(call, points);
  const size = Number(call.query.get("per_page") ?? 20);
  return done({
    data_points: entries,
    total_items: meta.total,
    total_pages: Math.max(1, Math.ceil(meta.total / size)),
    current_page: Number(call.query.get("page") ?? 1),
  });
}

function productOf({ urn }: BillRecord): string {
  return PRODUCTS[urn.split(":")[1]!] ?? "Other";
}

function usd(amount: number): string {
  return amount.toFixed(2);
}

function monthName(start: number): string {
  return timestamp(start).slice(0, 7);
}

function monthStart(now: number): number {
  const date = new Date(now * 1000);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / 1000;
}

function nextMonth(start: number): number {
  return monthStart(start + 32 * 86_400);
}
