// The map that the bench opens: made up, the same on every machine, as OWM text (a format that
// will not change with ours). n components, 1.6 links each, one hub in the middle with eight
// links and some room around it, so that a pointer can take hold of it.

const LINKS_EACH = 1.6;
const HUB_LINKS = 8;
// Room around the hub, as parts of the map: labels of others may run over it from the left.
const CLEAR = { left: 0.16, right: 0.03, above: 0.04, below: 0.05 };
const WORDS = ['Booking', 'Imaging', 'Pharmacy', 'Laboratory', 'Identity', 'Ledger', 'Messaging', 'Roster', 'Archive', 'Referral',
  'Network', 'Storage', 'Triage', 'Billing', 'Consent', 'Reporting', 'Transport', 'Catering', 'Theatre', 'Registry'];

// xorshift32: small and repeatable.
function random(seed) {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const fixed = value => Math.round(value * 10_000) / 10_000;

export function makeMap(n) {
  const next = random(77_003 + n);
  const tiers = Math.max(3, Math.round(Math.log2(n) * 1.5));
  const hubTier = Math.floor(tiers / 2);
  const hub = { name: 'Hub of the map', visibility: 0.5, evolution: 0.5, tier: hubTier };
  const components = [];
  for (let i = 0; i < n - 1; i++) {
    const tier = Math.floor((i * tiers) / (n - 1));
    const crowdsHub = it => it.evolution > 0.5 - CLEAR.left && it.evolution < 0.5 + CLEAR.right
      && it.visibility < 0.5 + CLEAR.above && it.visibility > 0.5 - CLEAR.below;
    let it;
    do {
      it = {
        name: `${WORDS[Math.floor(next() * WORDS.length)]} ${i + 1}`,
        visibility: fixed(0.97 - ((tier + next()) / tiers) * 0.94),
        evolution: fixed(0.03 + next() * 0.94),
        tier,
      };
    } while (crowdsHub(it));
    components.push(it);
  }
  // Last, so that it is drawn on top where drawing follows the file.
  components.push(hub);

  const above = tier => components.filter(it => it.tier < tier);
  const below = tier => components.filter(it => it.tier > tier);
  const links = [];
  const seen = new Set();
  // A small map may not have room for all the links; tries are counted so that making it ends.
  let tries = n * 50;
  const link = (from, to) => {
    const key = `${from?.name}>${to?.name}`;
    if (!from || !to || from === to || seen.has(key)) return;
    seen.add(key);
    links.push([from, to]);
  };
  const pick = list => list[Math.floor(next() * list.length)];
  const [upper, lower] = [above(hubTier), below(hubTier)];
  while (links.length < HUB_LINKS && tries-- > 0) {
    if (tries % 2 === 0) link(pick(upper), hub);
    else link(hub, pick(lower));
  }
  const byTier = Array.from({ length: tiers }, (_, tier) => components.filter(it => it.tier === tier && it !== hub));
  while (links.length < Math.round(n * LINKS_EACH) && tries-- > 0) {
    // Mostly to the next tier, sometimes further down, as value chains are.
    const tier = Math.floor(next() * (tiers - 1));
    const to = Math.min(tiers - 1, tier + 1 + Math.floor(next() * next() * 3));
    if (byTier[tier].length > 0 && byTier[to].length > 0) link(pick(byTier[tier]), pick(byTier[to]));
  }
  return { components, links, hub };
}

export function asOwm({ components, links }) {
  return [
    `title Bench map of ${components.length}`,
    ...components.map(it => `component ${it.name} [${it.visibility}, ${it.evolution}]`),
    ...links.map(([from, to]) => `${from.name}->${to.name}`),
    '',
  ].join('\n');
}

// The same as the app's own file, with about half of LITRAF's questions answered.
export function asJson({ components, links }) {
  const next = random(components.length + 5);
  const answers = (letter, count, most) => {
    const known = Array.from({ length: count }, (_, at) => [`${letter}${at + 1}`, 1 + Math.floor(next() * most)]);
    return Object.fromEntries(known.filter(() => next() < 0.5));
  };
  const ids = new Map(components.map((it, at) => [it.name, `c${at + 1}`]));
  return JSON.stringify({
    format: 'portolan-map',
    version: 1,
    document: {
      settings: { title: `Bench estate of ${components.length}` },
      components: components.map(({ name, visibility, evolution }) => ({
        id: ids.get(name), name, evolution, visibility,
        facts: { fail_rate: 0.03, likelihood: answers('L', 7, 6), impact: answers('C', 6, 5) },
      })),
      links: links.map(([from, to], at) => ({ id: `l${at + 1}`, from: ids.get(from.name), to: ids.get(to.name) })),
    },
  });
}
