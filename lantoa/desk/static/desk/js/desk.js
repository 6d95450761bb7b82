// What every page of those who record has. Collected into one file (lantoa.look.storage): others import from here.
export * from "./vendor/idb.js";
export * from "./say.js";
export * from "./numbers.js";
export * from "./outbox.js";
export * from "./work.js";
