// Numbers and days as people type them: the same grammar as lantoa/lib, tested with the same tests/lib/vectors.json.
// Numbers stay text: a JavaScript number is not exact above 2^53.

const around = /^[\s\u00a0\u202f]+|[\s\u00a0\u202f]+$/g;
const largest = 2n ** 63n - 1n;

// The whole number as digits; { unclear } when it may mean two; null when it is no count.
export function count(text) {
  const typed = text.replace(around, "");
  const plain = /^[0-9]+$/.test(typed) || /^[1-9][0-9]{0,2}([. \u00a0\u202f])[0-9]{3}(\1[0-9]{3})*$/.test(typed);
  const unclear = /^[0-9]{1,3}(,[0-9]{3})+$/.test(typed) || /^0\.[0-9]{3}$/.test(typed);
  if (!plain && !unclear) return null;
  const digits = typed.replace(/[^0-9]/g, "").replace(/^0+(?=[0-9])/, "");
  if (digits.length > 19 || BigInt(digits) > largest) return null;
  return plain ? { digits } : { unclear: digits };
}

// "18/01/2024", "5/2/24", "18-1-2024", "2024-01-18" as "2024-01-18"; null when it is no day.
export function day(text) {
  const typed = text.trim();
  let found = /^([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})$/.exec(typed);
  let parts = found && [found[4], found[3], found[1]];
  if (!parts && (found = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(typed))) parts = found.slice(1);
  if (!parts && (found = /^ngày ([0-9]{1,2}) tháng ([0-9]{1,2}) năm ([0-9]{4})$/i.exec(typed.normalize("NFC").replace(/\s+/g, " "))))
    parts = [found[3], found[2], found[1]];
  if (!parts) return null;
  let [year, month, date] = parts.map(Number);
  if (parts[0].length === 2) year += year >= 69 ? 1900 : 2000;
  const made = new Date(Date.UTC(year, month - 1, date));
  const isThere = made.getUTCMonth() === month - 1 && made.getUTCDate() === date;
  return isThere && year >= 1900 && year <= 9998 ? made.toISOString().slice(0, 10) : null;
}
