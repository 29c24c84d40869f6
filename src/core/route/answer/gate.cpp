// A linear sum of points keeps each decision explainable.
#include "route/answer/answer.h"

#include <cstdlib>

namespace cascade::route {
namespace {

constexpr std::int32_t least_top = 933;  // 64 * log2 of a score of 24,500
constexpr std::size_t typical_library = 500;
constexpr std::uint32_t unknown_rarity = 64 * 6;  // an unknown word counts as one that one entry in 64 has

// What is lost if nothing answers the word, in 64ths of a bit: rare words count more, plain ones half.
std::uint32_t information(const Tables& tables, const PromptWord& word, std::size_t lane) {
  if (word.word_class == WordClass::function || word.number) return 0;
  if (word.term == none) return unknown_rarity * word.weight / 1000;
  const std::uint32_t known = tables.terms[word.term].rarity[lane];
  const std::uint32_t rarity = std::min<std::uint32_t>(known == 0 ? unknown_rarity : known, unknown_rarity);
  return (word.word_class == WordClass::special ? rarity : rarity / 2) * word.weight / 1000;
}

std::size_t entries_in(const Tables& tables, std::size_t lane) {
  const std::size_t shipped = tables.counts.size != 0 ? tables.counts[0].shipped : 0;
  return lane == 1 ? shipped : tables.entries.size - std::min<std::size_t>(shipped, tables.entries.size);
}

void count_talk(std::string_view name, Signals& signals) {
  if (name == "@chat" || name == "@go" || name == "@meta") ++signals.small_talk;
  if (name == "@edit" || name == "@shell") ++signals.errand;
  if (name == "@define") ++signals.definition;
  if (name == "@@fact") ++signals.fact;
  if (name == "@arithmetic" || name == "@trivia" || name == "@household") ++signals.question;
}

void count_talk(const Tables& tables, const Prompt& prompt, Signals& signals) {
  std::vector<std::uint8_t> pasted(prompt.signs.size(), 0);
  for (const PromptWord& word : prompt.words)
    if (word.pasted && word.position < pasted.size()) pasted[word.position] = 1;
  for (const PatternHit& hit : prompt.found.hits) {
    // Pasted lines can speak for manifests, but never for small talk or an errand.
    const bool of_others = hit.position < pasted.size() && pasted[hit.position] != 0;
    const PatternRecord& pattern = tables.patterns.patterns[hit.pattern];
    if (pattern.concept_id >= tables.concepts.size) continue;
    const ConceptRecord& record = tables.concepts[pattern.concept_id];
    const std::string_view name = tables.read(record.text);
    if (!of_others) count_talk(name, signals);
    if (record.term == none || record.of_siblings != 0) continue;
    if (static_cast<Tie>(pattern.tie) == Tie::hints) continue;
    if (pattern.words > 1) ++signals.phrases;
  }
}

void look_at_taught(const Tables& tables, const Taught& taught, bool learned, const std::vector<Ranked>& ranked,
                    Signals& signals) {
  signals.idle = taught.idle();
  signals.need = learned ? taught.need() : taught.work();
  signals.taught = learned && taught.speaks() && !ranked.empty();
  if (!signals.taught) return;
  signals.ahead = taught.ahead(ranked[0].entry);
  signals.spoken = log2_of(std::uint64_t{taught.best_before()} * 256);
  signals.untaught = tables.entries[ranked[0].entry].learned == 0 ? 1 : 0;
}

std::int32_t signed_of(std::uint32_t value) { return static_cast<std::int32_t>(value); }
std::int32_t sum_of(const std::vector<SignalPoints>& signals) {
  std::int32_t sum = 0;
  for (const SignalPoints& signal : signals) sum += signal.points;
  return sum;
}

// Fitted on prompts of writers left out of the lessons; 100 points: an answer is e times as likely to be wanted.
std::vector<SignalPoints> weigh_taught(const Signals& s) {
  constexpr std::int32_t offered = 60;  // above the mark, and far below a load
  const std::int32_t need = s.need, spoken = signed_of(s.spoken), words = signed_of(std::min(s.words, 8u));
  const std::int32_t doubt = doubt_of_many_words(s);
  std::vector<SignalPoints> signals{
      {"needs a manifest rather than nothing", need,
       std::clamp(need, -768, 512) * 56 / 128 + std::clamp(need - 512, 0, 1536) * 43 / 256},
      {"idle talk rather than a request", s.idle, -std::clamp(s.idle, -1024, 512) * 21 / 128},
      {"score of the library's own words", spoken, (spoken - 800) * 161 / 100 - 490},
      {"words", signed_of(s.words), words * 28},
      {"many words, few like work", doubt, -doubt},
      {"asks for a definition", signed_of(s.definition), s.definition != 0 ? -103 : 0},
      {"no prompt taught about the best", signed_of(s.untaught), s.untaught != 0 ? -40 : 0},
      {"asks for a fact of this project", signed_of(s.fact), s.fact != 0 ? -110 : 0},
      {"beside the point of the prompt", signed_of(s.aside), -signed_of(s.aside)},
  };
  const bool asks_otherwise = s.small_talk + s.errand + s.question + s.definition + s.fact != 0;
  const std::int32_t lift = asks_otherwise ? 0 : std::min(signed_of(s.named) / 4, offered - sum_of(signals));
  if (lift > 0) signals.push_back({"a few words, all its own", signed_of(s.named), lift});
  return signals;
}

// What a manifest shares lifts the sum to the mark of an offer and somewhat above, never to a load.
std::int32_t lift_of(const Signals& s, const std::vector<SignalPoints>& signals) {
  constexpr std::int32_t a_bit = 20, most = 150;
  constexpr std::uint32_t fewest_words = 3;  // of fewer, one may be all that is shared
  const bool asks_otherwise = s.calls_another || s.errand + s.question + s.definition + s.fact != 0;
  const bool shares = s.shared.value != 0 && s.shared.value >= s.shared.mark;
  if (asks_otherwise || s.words < fewest_words || !shares) return 0;
  return std::min((s.shared.value - s.shared.mark) * a_bit / 64, most) - sum_of(signals);
}

// Whether the first manifest shares so much with the prompt that it is no chance. `nearly`: or almost so much.
bool is_supported(const Signals& signals, bool nearly) {
  constexpr std::int32_t almost = 3 * 64;
  constexpr std::uint32_t enough = 1500, most_of_it = 600;
  return signals.shared.value + (nearly ? almost : 0) >= signals.shared.mark ||
         (signals.of_the_trade && signals.concept_points >= enough) || signals.met >= most_of_it;
}

// What sounds like software does not speak for a manifest that is about something else, and only half for one that
// shares almost enough; where it does so strongly, it speaks against both.
std::int32_t against_another_trade(const Signals& s, std::int32_t phrases, std::int32_t needs) {
  constexpr std::int32_t strongly = 1300;
  if (is_supported(s, false)) return 0;
  const std::int32_t unfounded = is_supported(s, true) ? needs / 2 : phrases + needs;
  return -unfounded - std::max(s.need - strongly, 0) * 2 / 5;
}

// Fitted on prompts over eleven libraries that no prompt taught about, on idle prompts and on long tasks that no
// manifest serves (docs/routing.md); 100 points make an answer e times as likely to be wanted.
std::vector<SignalPoints> weigh_untaught(const Signals& s) {
  const auto at_most = [](std::uint32_t value, std::uint32_t most) { return signed_of(std::min(value, most)); };
  const std::int32_t phrases = 35 * at_most(s.phrases, 4), needs = std::clamp(s.need - 512, 0, 988) * 29 / 100;
  std::vector<SignalPoints> signals{
      {"score", signed_of(s.top), (signed_of(s.top) - least_top) * 4 - 140},
      {"phrases of the trade", signed_of(s.phrases), phrases},
      {"words", signed_of(s.words), 51 * at_most(s.words, 6)},
      {"share that the best answers", signed_of(s.met), signed_of(s.met) * 240 / 1000},
      {"lead over the second", signed_of(s.lead), signed_of(s.lead) * 176 / 1000},
      {"everyday words", signed_of(s.everyday), -53 * at_most(s.everyday, 4)},
      {"small talk", signed_of(s.small_talk), -66 * at_most(s.small_talk, 3)},
      {"a small edit or a shell line", signed_of(s.errand), -144 * at_most(s.errand, 3)},
      {"a question about something else", signed_of(s.question), -172 * at_most(s.question, 3)},
      {"asks for a definition", signed_of(s.definition), s.definition != 0 ? -100 : 0},
      {"needs a manifest rather than nothing", s.need, std::clamp(s.need, -768, 0) * 28 / 100 + needs},
      {"idle talk rather than a request", s.idle, -std::clamp(s.idle, -768, -128) * 23 / 100},
      {"asks for a fact of this project", signed_of(s.fact), s.fact != 0 ? -110 : 0},
      {"beside the point of the prompt", signed_of(s.aside), -signed_of(s.aside)},
  };
  if (const std::int32_t of_another = against_another_trade(s, phrases, needs); of_another != 0)
    signals.push_back({"of another trade than the best", s.shared.value, of_another});
  if (const std::int32_t lift = lift_of(s, signals); lift > 0)
    signals.push_back({"rare words that the best shares", s.shared.value, lift});
  return signals;
}

constexpr std::array<Thresholds, 3> taught_marks{{{-110, 200, 192}, {40, 280, 384}, {50, 460, 512}}};  // by Caution

// A translated prompt gives right answers fewer points, and high sums are right less often: the thresholds move apart.
constexpr std::int32_t translated_offer = -100, translated_load = 60;

// A word says as many bits as it is rare among all lessons, less those by chance; a manifest shares it in full in its
// name or description. How much a prompt sounds like software says nothing about a library of another trade.
constexpr std::uint32_t bit = 64;

// Per mille, by the best of the fields that have the word.
std::uint32_t field_weight(std::uint32_t mask) {
  const auto has = [&](Field field) { return (mask >> static_cast<unsigned>(field) & 1) != 0; };
  if (has(Field::name) || has(Field::triggers) || has(Field::description)) return 1000;
  if (has(Field::situation) || has(Field::headings) || has(Field::examples)) return 800;
  return has(Field::body) ? 700 : 400;
}

std::uint32_t mark_for(const Tables& tables, std::size_t words) {
  constexpr std::uint32_t least = 10 * bit + bit / 2, most_doublings = 5 * bit + bit / 2, a_word = bit * 35 / 100;
  constexpr std::size_t usual_words = 15;
  const std::uint64_t own = tables.entries.size - tables.counts[0].shipped;
  const auto longer = static_cast<std::uint32_t>(std::max(words, usual_words) - usual_words);
  return least + std::min(log2_of(own * 256 / 12), most_doublings) * 5 / 2 + longer * a_word;
}

// Scores of the two lanes do not compare, but the points of their gates do: both are the logarithm of how likely an
// answer is wanted. Every manifest but the lanes' best keeps its distance to the best of its lane.
constexpr std::uint32_t called = 1'000'000;  // entries called by name score this or more
constexpr std::int32_t points_a_bit = 42;    // between the lanes' best
constexpr std::int32_t near = 90;            // lanes less far apart are rivals
constexpr std::int32_t close = 150;          // and of these, both have their best named

// score * 2^(bits / 64) for bits from -64 * 20 to 64 * 8.
std::uint32_t scaled(std::uint64_t score, std::int32_t bits) {
  constexpr std::array<std::uint32_t, 6> roots{92682, 77936, 71468,
                                               68438, 66971, 66250};  // 2^16 * 2^(1/2), 2^(1/4) ...
  bits = std::min(bits, 64 * 8);
  if (bits <= -64 * 20) return 1;
  const std::int32_t whole = (bits + 64 * 20) / 64 - 20, part = bits - whole * 64;
  std::uint64_t value = score << 8;
  for (std::int32_t i = 0, bit = 32; bit != 0; ++i, bit /= 2)
    if ((part & bit) != 0) value = value * roots[static_cast<std::size_t>(i)] >> 16;
  value = whole >= 0 ? value << whole : value >> -whole;
  return static_cast<std::uint32_t>(std::clamp<std::uint64_t>(value >> 8, 1, called - 1));
}

// How far the best of the users' own manifests is ahead of the shipped library's, in points. Fitted on prompts for nine
// libraries beside it, and the reverse: where both lanes fit equally well, the user's own manifest is meant.
std::int32_t own_ahead(const Lane& own, const Lane& shipped) {
  constexpr std::int32_t by_chance = 60;  // against an own manifest that shares too little with the prompt
  const std::int32_t ahead =
      own.points * 49 / 100 + 60 - shipped.points - (is_supported(own.signals, true) ? 0 : by_chance);
  return own.signals.for_files != 0 ? std::max(ahead, near) : ahead;
}

}  // namespace

std::int32_t doubt_of_many_words(const Signals& signals) noexcept {
  constexpr std::uint32_t many = 10;
  constexpr std::int32_t like_work = 500, clear_lead = 300, accident = 100;
  return signals.words >= many && signals.need < like_work && signals.ahead < clear_lead ? accident : 0;
}

bool is_of_the_trade(const EntryRecord& entry) noexcept {
  constexpr std::uint32_t many = 7, share = 200;  // per mille
  return entry.expressed >= many || entry.expressed * 1000U >= entry.telling * share;
}

Signals look_at(const Tables& tables, const Prompt& prompt, const Scorer& scorer, const Taught& taught, bool learned,
                const std::vector<Ranked>& ranked) {
  Signals signals;
  look_at_taught(tables, taught, learned, ranked, signals);
  if (tables.counts.size != 0) signals.load_from = tables.counts[0].load_from;
  count_talk(tables, prompt, signals);
  const std::uint32_t best = ranked.empty() ? none : ranked[0].entry;
  const std::size_t lane = best == none ? 0 : lane_of(tables.entries[best]);
  std::vector<std::uint8_t> met(prompt.signs.size() + 1, 0);
  if (best != none) {
    // Scales the score to a library of five hundred entries: in a small library words are less rare.
    const std::uint64_t scale =
        rarity(typical_library, 16) * 256u / std::max<std::uint32_t>(1, rarity(entries_in(tables, lane), 16));
    signals.top = log2_of(ranked[0].score * scale);
    const std::uint64_t second = ranked.size() > 1 ? ranked[1].score : 0;
    signals.lead =
        static_cast<std::uint32_t>(1000 - std::min(second, std::uint64_t{ranked[0].score}) * 1000 / ranked[0].score);
    scorer.mark_met(best, met);
    signals.called = scorer.is_called(best) || scorer.is_lesson_of(best) ? 1 : 0;
  }
  std::uint64_t all = 0, found = 0;
  for (const PromptWord& word : prompt.words) {
    if (word.translated) signals.translated = true;
    if (word.origin == Origin::part || (word.pasted && prompt.says_enough)) continue;
    if (word.word_class != WordClass::function && !word.number) ++signals.words;
    const std::uint32_t value = information(tables, word, lane);
    all += value;
    if (word.position < met.size() && met[word.position] != 0) found += value;
    const std::uint16_t known = word.term == none ? std::uint16_t{0} : tables.terms[word.term].known;
    if ((known & 4) != 0 && (known & 1) == 0) ++signals.everyday;
  }
  if (all > 0) signals.met = static_cast<std::uint32_t>(found * 1000 / all);
  if (signals.taught) signals.named = named_in_few_words(tables, prompt, scorer, best);
  return signals;
}

std::vector<SignalPoints> weigh(const Signals& signals) {
  return signals.taught ? weigh_taught(signals) : weigh_untaught(signals);
}

std::int32_t points(const Signals& signals) { return sum_of(weigh(signals)); }

Thresholds thresholds(const Signals& signals, Caution caution) noexcept {
  const auto c = static_cast<std::size_t>(caution);
  if (signals.taught) {
    Thresholds from = taught_marks[c];
    if (signals.translated) {
      from.offer += translated_offer;
      from.load += translated_load;
    }
    return from;
  }
  constexpr std::array<std::int32_t, 3> offer{-80, 0, 80}, load{160, 260, 410};
  const std::int32_t shown = signals.load_from[c];
  // What the prompts show lowers the mark; it never closes what is open without them.
  return {offer[c], shown == not_shown ? load[c] : std::min(shown, load[c]), untaught_lead[c]};
}

std::uint32_t lead_of(const Signals& signals) noexcept {
  return signals.taught ? static_cast<std::uint32_t>(std::max(signals.ahead, 0)) : signals.lead;
}

// Loading also needs a lead, since two manifests that fit equally well are a question for the user.
Decision decide(const Signals& signals, Caution caution) {
  if (signals.called != 0) return Decision::load;
  const std::int32_t sum = points(signals);
  const Thresholds from = thresholds(signals, caution);
  if (sum < from.offer) return Decision::silence;
  return sum >= from.load && lead_of(signals) >= from.lead ? Decision::load : Decision::offer;
}

std::vector<std::int32_t> bits_of(const Learned& learned, const Prompt& prompt) {
  constexpr std::uint32_t most = 16 * bit, by_chance = 6 * bit, guessed = 800;  // guessed: per mille
  std::vector<std::int32_t> bits(prompt.words.size(), -1);
  std::vector<std::uint32_t> seen;
  for (std::size_t i = 0; i < bits.size(); ++i) {
    const PromptWord& word = prompt.words[i];
    if (!word.counts || word.number || word.word_class == WordClass::function) continue;
    if (word.pasted || std::ranges::find(seen, word.stem) != seen.end()) continue;
    seen.push_back(word.stem);
    const std::uint32_t rarity = std::min(learned.rarity_of(word.stem), most);
    const std::uint32_t sure = word.translated || word.origin == Origin::repaired ? guessed : 1000;
    bits[i] = static_cast<std::int32_t>((std::max(rarity, by_chance) - by_chance) * sure / 1000);
  }
  return bits;
}

Shared shared_with(const Tables& tables, const Learned& learned, const Prompt& prompt, const Scorer& scorer,
                   std::uint32_t entry) {
  constexpr std::uint64_t share_most = 33 * bit + bit / 2, share_grows = 6 * bit;
  constexpr std::uint32_t hardly_any = 4 * bit;  // beyond chance: of 18,000 lessons some twenty have the word
  std::uint64_t said = 0, shared = 0;
  std::uint32_t rare = 0;
  std::size_t words = 0;
  const std::vector<std::int32_t> bits = bits_of(learned, prompt);
  for (std::size_t i = 0; i < bits.size(); ++i) {
    if (bits[i] < 0) continue;
    const auto says = static_cast<std::uint32_t>(bits[i]);
    ++words;
    said += says;
    const Posting* const posting = scorer.posting_of(prompt.words[i], entry);
    if (posting == nullptr) continue;
    shared += says * field_weight(posting->mask()) / 1000;
    rare += says >= hardly_any ? 1 : 0;
  }
  return {static_cast<std::int32_t>(shared + shared * share_most / (said + share_grows)),
          static_cast<std::int32_t>(mark_for(tables, words)),
          static_cast<std::uint32_t>(said == 0 ? 1000 : shared * 1000 / said), rare};
}

bool are_rivals(const Lane& own, const Lane& shipped, Caution caution) noexcept {
  const auto speaks = [&](const Lane& lane) { return lane.points >= thresholds(lane.signals, caution).offer; };
  return speaks(own) && speaks(shipped) && std::abs(own_ahead(own, shipped)) < near;
}

std::vector<Ranked> merged(const Lane& own, const Lane& shipped, Caution caution) {
  const bool own_first = own.is_called() || (!shipped.is_called() && own_ahead(own, shipped) >= 0);
  const Lane &first = own_first ? own : shipped, &second = own_first ? shipped : own;
  const std::int32_t behind = own_first ? own_ahead(own, shipped) : -own_ahead(own, shipped);
  const std::int32_t bits = -behind * 64 / points_a_bit;
  const std::uint64_t top = std::min(first.order.front().score, called - 1);
  const std::uint64_t other_top = std::max<std::uint32_t>(1, second.order.front().score);
  std::vector<Ranked> all = first.order;
  for (const Ranked& ranked : second.order) {
    const std::uint64_t even = std::min<std::uint64_t>(ranked.score, other_top) * top / other_top;
    all.push_back({ranked.entry, std::min(scaled(even, std::min(bits, 0)), first.order.front().score)});
  }
  if (behind < close && second.points >= thresholds(second.signals, caution).offer) {
    Ranked& best = all[first.order.size()];
    best.score = std::max(best.score, all.size() > 1 && first.order.size() > 1 ? first.order[1].score : best.score);
    std::rotate(all.begin() + 1, all.begin() + static_cast<std::ptrdiff_t>(first.order.size()),
                all.begin() + static_cast<std::ptrdiff_t>(first.order.size()) + 1);
    std::stable_sort(all.begin() + 2, all.end(), is_better);
  } else {
    std::stable_sort(all.begin() + 1, all.end(), is_better);  // the first lane's best stays first
  }
  return all;
}

// A second name is offered where it is as often right: by lessons far behind the first, by words alone close to it.
std::size_t offered_of(const Tables& tables, const std::vector<Ranked>& order) noexcept {
  constexpr std::uint64_t close = 850, within_four_bits = 62;  // per mille of the first's score
  if (order.size() < 2) return order.size();
  const auto is_own = [&](const Ranked& ranked) { return !of_shipped(tables.entries[ranked.entry]); };
  const std::uint64_t least = is_own(order[0]) && is_own(order[1]) ? close : within_four_bits;
  return order[1].score * std::uint64_t{1000} >= order[0].score * least ? 2 : 1;
}

void prefer_near(const Tables& tables, std::vector<Ranked>& order) {
  constexpr std::uint32_t farther = 930;  // per mille for each step of origin
  const auto origin = [&](const Ranked& ranked) {
    const auto scope = static_cast<Scope>(tables.entries[ranked.entry].origin & ~is_shipped);
    return scope == Scope::project || scope == Scope::managed ? 0 : scope == Scope::user ? 1 : 2;
  };
  int nearest = 2, farthest = 0;
  for (const Ranked& ranked : order) {
    nearest = std::min(nearest, origin(ranked));
    farthest = std::max(farthest, origin(ranked));
  }
  if (nearest >= farthest) return;
  for (Ranked& ranked : order) {
    if (ranked.score >= called) continue;
    for (int step = nearest; step < origin(ranked); ++step)
      ranked.score =
          std::max<std::uint32_t>(1, static_cast<std::uint32_t>(std::uint64_t{ranked.score} * farther / 1000));
  }
  std::ranges::sort(order, is_better);
}

}  // namespace cascade::route
