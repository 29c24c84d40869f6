// Entries are dropped only after scoring, so that a hidden one does not change the scores of the others.
#include "route/answer/answer.h"

#include "text/names.h"
#include "text/word_set.h"

namespace cascade::route {
namespace {

// An ending is the firmest sign of a matter that a person gives in passing: whoever writes "budget.xlsx" means
// spreadsheets. By words alone a manifest that names it loses to one that many prompts taught about.
constexpr std::size_t longest_ending = 6, most_owners = 3;
constexpr std::uint32_t of_itself = 0xf;  // a posting's bits for name, triggers, description and situation

// Whether the word is what follows the last point of a file's name, or stands alone behind a point.
bool is_ending(std::string_view text, const PromptWord& word) {
  const std::size_t begin = word.offset, end = begin + word.length;
  if (begin == 0 || word.length > longest_ending || text[begin - 1] != '.') return false;
  if (end < text.size() && (letters::is_letter_or_digit(text[end]) || text[end] == '/' || text[end] == '-'))
    return false;
  return end >= text.size() || text[end] != '.' || end + 1 == text.size() || letters::is_space(text[end + 1]);
}

std::size_t own_with(const Tables& tables, std::uint32_t term) {
  const Span<Posting> postings = tables.read(tables.postings, tables.terms[term].postings);
  return static_cast<std::size_t>(std::ranges::count_if(postings, [&](const Posting& posting) {
    return (posting.mask() & of_itself) != 0 && posting.entry() < tables.entries.size &&
           !of_shipped(tables.entries[posting.entry()]);
  }));
}

// The terms of the endings that the person names, sorted; only those that a few manifests of the user's own say of
// themselves in name or description, because an ending that many of them have tells none of them apart.
std::vector<std::uint32_t> named_endings(const Tables& tables, const Prompt& prompt) {
  std::vector<std::uint32_t> endings;
  for (const PromptWord& word : prompt.words) {
    if (word.pasted || word.term == none || word.number || !is_ending(prompt.text, word)) continue;
    const std::size_t owners = own_with(tables, word.term);
    if (owners != 0 && owners <= most_owners) endings.push_back(word.term);
  }
  letters::sort_once(endings);
  return endings;
}

bool is_for_files(const Tables& tables, const std::vector<std::uint32_t>& endings, std::uint32_t entry) {
  return std::ranges::any_of(endings, [&](std::uint32_t term) {
    const Span<Posting> postings = tables.read(tables.postings, tables.terms[term].postings);
    return std::ranges::any_of(postings, [&](const Posting& posting) {
      return posting.entry() == entry && (posting.mask() & of_itself) != 0;
    });
  });
}

bool may_answer(const Tables& tables, const Query& query, const Scorer& scorer, std::uint32_t index) {
  const EntryRecord& entry = tables.entries[index];
  const ManifestId id{entry.manifest};
  if (entry.manifest >= tables.counts[0].manifests || scorer.is_refused(index)) return false;
  if (std::ranges::binary_search(query.hidden, id)) return false;
  if (std::ranges::binary_search(query.only_by_name, id) && !scorer.is_called(index)) return false;
  const auto kind = static_cast<Kind>(entry.kind);
  if (!query.kinds.empty() && std::ranges::find(query.kinds, kind) == query.kinds.end()) return false;
  const Span<TextSpan> needs = tables.read(tables.needs, entry.needs);
  return std::ranges::none_of(
      needs, [&](const TextSpan& need) { return letters::is_one_of(tables.read(need), query.lacking); });
}

void fold_families(const Tables& tables, std::vector<Ranked>& order) {
  constexpr std::size_t folded = 10;  // places kept for different families
  std::vector<Ranked> first, later;
  std::vector<std::uint8_t> seen(tables.entries.size, 0);
  std::size_t i = 0;
  for (; i < order.size() && first.size() < folded; ++i) {
    const std::uint32_t family = tables.entries[order[i].entry].family;
    const bool again = family < seen.size() && seen[family] != 0;
    if (family < seen.size()) seen[family] = 1;
    (again ? later : first).push_back(order[i]);
  }
  first.insert(first.end(), later.begin(), later.end());
  std::copy(first.begin(), first.end(), order.begin());
}

// Whether a refused manifest is among the first two: what comes behind it then leads only because of that.
bool leads_by_refusal(const Scorer& scorer, const std::vector<Ranked>& order) {
  return std::ranges::any_of(leading(order, 2), [&](const Ranked& one) { return scorer.is_refused(one.entry); });
}

// The languages of the files at hand only break near ties: they say where the work is, not what is asked for.
void add_word(std::string_view name, std::vector<std::string_view>& words) {
  if (const FileSign* const sign = letters::find_row(file_signs(), &FileSign::name, name)) words.push_back(sign->word);
}

// "src/app.py" -> python; "Dockerfile" -> docker. Lower-case words, each once, sorted.
std::vector<std::string_view> languages_of(const std::vector<std::string>& paths) {
  std::vector<std::string_view> words;
  for (const std::string_view path : paths) {
    const std::string_view name = path.substr(path.rfind('/') + 1);
    add_word(name, words);
    if (const std::size_t dot = name.rfind('.'); dot != std::string_view::npos && dot > 0)
      add_word(name.substr(dot), words);
  }
  letters::sort_once(words);
  return words;
}

// "main.ts" in what is said or pasted.
std::vector<std::string> files_in(std::string_view text) {
  std::vector<std::string> files;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \t\n\"'`(),;:", at), text.size());
    std::string_view word = text.substr(at, end - at);
    while (!word.empty() && (word.back() == '.' || word.back() == '?' || word.back() == '!')) word.remove_suffix(1);
    if (word.find('.') != std::string_view::npos) files.emplace_back(word);
    at = end + 1;
  }
  return files;
}

bool is_of_the_web(std::string_view language) {
  return letters::is_one_of(language, {"javascript", "typescript", "react", "vue", "svelte"});
}

// Lessons know no pairs of characters, so that nothing tells how much of Chinese, Japanese or Korean is shared.
bool has_unspaced(const Prompt& prompt) {
  return std::ranges::any_of(prompt.words, [&](const PromptWord& word) {
    return !word.translated && static_cast<unsigned char>(prompt.text[word.offset]) >= 0xE1;
  });
}

// Raises the score of each manifest in `order` that is about these languages a little, and sorts again.
void favour(const Tables& tables, const Weights& weights, const std::vector<std::string>& paths,
            std::vector<Ranked>& order) {
  constexpr std::uint16_t about = 300;  // per mille, the word's impact in fields that say what the manifest is for
  if (paths.empty() || order.empty()) return;
  std::vector<std::uint8_t> favoured(tables.entries.size, 0);
  Stemmer stemmer;
  for (const std::string_view word : languages_of(paths)) {
    const std::uint32_t found = tables.find(stemmer.stem(word));
    if (found == none) continue;
    const std::uint32_t term = tables.meaning_of(found);
    for (const Posting& posting : tables.read(tables.postings, tables.terms[term].postings))
      if (posting.strong >= about && posting.entry() < favoured.size()) favoured[posting.entry()] = 1;
  }
  for (Ranked& ranked : order)
    if (favoured[ranked.entry] != 0)
      ranked.score += static_cast<std::uint32_t>(std::uint64_t{ranked.score} * weights.surroundings / 1000);
  std::ranges::sort(order, is_better);
}

}  // namespace

Answer::Answer(const Tables& tables, const Query& query, Standing standing, const Weights& given,
               const Learned& learned)
    : weights(given),
      prompt(read_request(tables, query.text, standing.english)),
      scorer(tables, weights, prompt),
      taught(tables, learned, prompt, scorer, query.kinds) {
  own.order = scorer.rank(false);
  shipped.order = scorer.rank(true);
  taught.combine(shipped.order);
  prefer_near(tables, own.order);
  const std::vector<std::uint32_t> endings = named_endings(tables, prompt);
  bool by_refusal = false;
  for (Lane* lane : {&own, &shipped}) {
    by_refusal = by_refusal || leads_by_refusal(scorer, lane->order);
    std::erase_if(lane->order, [&](const Ranked& one) { return !may_answer(tables, query, scorer, one.entry); });
    favour(tables, weights, query.paths, lane->order);
    fold_families(tables, lane->order);
    if (lane->order.empty() && (lane == &own || !own.order.empty())) continue;
    lane->signals = look_at(tables, prompt, scorer, taught, lane == &shipped, lane->order);
    lane->signals.aside = standing.aside;
    lane->signals.for_files = lane == &own && is_for_files(tables, endings, own.order.front().entry) ? 1 : 0;
    if (lane == &own && !own.order.empty()) {
      const std::uint32_t best = own.order.front().entry;
      own.signals.shared = shared_with(tables, learned, prompt, scorer, best);
      own.signals.of_the_trade = is_of_the_trade(tables.entries[best]);
      own.signals.concept_points = scorer.concept_points(best);
      own.signals.calls_another = !prompt.mentions.called.empty() && !scorer.is_called(best);
    }
    lane->points = points(lane->signals);
  }
  choose(tables, query);
  if (by_refusal) only_offer();
}

// The lane whose best is more likely to be meant decides whether to speak.
void Answer::choose(const Tables& tables, const Query& query) {
  if (own.order.empty() || shipped.order.empty()) {
    const Lane& only = own.order.empty() ? shipped : own;
    order = only.order;
    signals = only.signals;
  } else {
    order = merged(own, shipped, query.caution);
    signals = of_shipped(tables.entries[order.front().entry]) ? shipped.signals : own.signals;
  }
  marks = thresholds(signals, query.caution);
  if (order.empty() || prompt.harness) return;
  decision = decide(signals, query.caution);
  give_way_to_language(tables, query.paths);
  rivals = !own.order.empty() && !shipped.order.empty() && are_rivals(own, shipped, query.caution);
  if (rivals) only_offer();
}

// A page about one language is no answer where the files are of another: the best of the others comes first.
void Answer::give_way_to_language(const Tables& tables, const std::vector<std::string>& paths) {
  constexpr std::size_t looked_at = 5;
  const auto is_shipped = [&](const Ranked& one) { return of_shipped(tables.entries[one.entry]); };
  const auto lacks = [&](const Ranked& one) { return lacks_its_language(tables, *this, paths, one.entry); };
  if (decision == Decision::silence || signals.called != 0 || paths.empty()) return;
  if (!is_shipped(order.front()) || !lacks(order.front())) return;
  only_offer();
  const auto end = order.begin() + static_cast<std::ptrdiff_t>(std::min(looked_at, order.size()));
  const auto other =
      std::find_if(order.begin() + 1, end, [&](const Ranked& one) { return is_shipped(one) && !lacks(one); });
  if (other != end) std::iter_swap(order.begin(), other);
}

void Answer::only_offer() noexcept {
  if (signals.called != 0) return;
  marks.load = RoutingReport::never;
  if (decision == Decision::load) decision = Decision::offer;
}

std::size_t Answer::named(const Tables& tables) const noexcept {
  return decision == Decision::silence ? 0 : decision == Decision::load ? 1 : offered_of(tables, order);
}

bool Answer::names(std::size_t named, std::uint32_t entry) const {
  return std::ranges::any_of(leading(order, named), [&](const Ranked& one) { return one.entry == entry; });
}

void Answer::fall_silent(const Tables& tables, std::string_view why) {
  for (std::size_t i = 0, size = named(tables); i < size; ++i)
    fits.push_back({order[i].entry, Fit::taken_back, false, why});
  decision = Decision::silence;
}

void Answer::lead_over(const Tables& tables, const Query& query, std::uint32_t second) {
  const std::uint64_t first = own.order.front().score;
  own.signals.lead = static_cast<std::uint32_t>(1000 - std::min<std::uint64_t>(second, first) * 1000 / first);
  own.points = points(own.signals);
  choose(tables, query);
}

void Answer::offer_own(Caution caution, const Fit& fit) {
  fits.push_back(fit);
  if (decision != Decision::silence) return also.push_back(own.order.front());
  order = own.order;
  signals = own.signals;
  marks = thresholds(signals, caution);
  decision = Decision::offer;
  rule = rules::ordered;
}

void Answer::answer_as_shipped(Caution caution) {
  order = shipped.order;
  signals = shipped.signals;
  marks = thresholds(signals, caution);
  decision = decide(signals, caution);
  rule = {};
  rivals = false;
}

// Names taken back stand behind all others; where no own one is left first, the shipped library answers as if alone.
void Answer::obey_fits(const Tables& tables, Caution caution) {
  const auto is_taken_back = [&](const Ranked& ranked) {
    return std::ranges::any_of(
        fits, [&](const Fit& fit) { return fit.entry == ranked.entry && fit.grade == Fit::taken_back; });
  };
  const bool first_is_own = !of_shipped(tables.entries[order.front().entry]);
  const Fit first = first_is_own ? fits.front() : Fit{};
  const bool bears = std::ranges::any_of(fits, [](const Fit& fit) { return fit.grade > Fit::spoken_of; });
  if (rivals && !first_is_own && !bears) {
    if (fits.front().grade == Fit::spoken_of) also.push_back(own.order.front());
    return answer_as_shipped(caution);
  }
  const bool loads = decision == Decision::load;
  const std::size_t named = this->named(tables);
  const auto kept = std::stable_partition(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(named),
                                          [&](const Ranked& ranked) { return !is_taken_back(ranked); });
  const auto left = static_cast<std::size_t>(kept - order.begin());
  if (left < named) std::rotate(kept, order.begin() + static_cast<std::ptrdiff_t>(named), order.end());
  if (left == 0) {
    decision = Decision::silence;
    if (!shipped.order.empty() && first_is_own) answer_as_shipped(caution);
  } else if (first_is_own && first.grade <= Fit::spoken_of) {
    only_offer();
  } else if (first.ordered && !loads && !rivals && caution != Caution::high && marks.load != RoutingReport::never &&
             lead_of(signals) >= marks.lead) {
    decision = Decision::load;
    rule = rules::ordered;
  }
}

std::string_view Answer::deciding_rule() const {
  if (order.empty() || decision == Decision::silence) return {};
  const std::int32_t sum = points(signals);
  const bool by_points =
      decision == Decision::load ? sum >= marks.load && lead_of(signals) >= marks.lead : sum >= marks.offer;
  if (by_points) return {};
  if (signals.called == 0) return rule;
  return scorer.is_called(order.front().entry) ? rules::called : rules::lesson;
}

bool lacks_its_language(const Tables& tables, const Answer& answer, const std::vector<std::string>& paths,
                        std::uint32_t entry) {
  Stemmer stemmer;
  std::vector<std::string_view> named;
  for (const PhraseRecord& phrase : tables.read(tables.phrases, tables.entries[entry].phrases)) {
    if (phrase.of_name != 1) continue;
    for (const PhraseWord& word : tables.read(tables.phrase_words, phrase.words)) {
      if (word.term >= tables.terms.size) continue;  // a damaged table
      const std::string_view stem = tables.read(tables.terms[word.term].text);
      for (const FileSign& sign : file_signs()) {
        if (sign.kind != "language" || sign.word.substr(0, 3) != stem.substr(0, 3)) continue;
        if (stemmer.stem(sign.word) != stem) continue;
        if (answer.scorer.says(word)) return false;
        named.push_back(sign.word);
        break;
      }
    }
  }
  if (named.empty()) return false;
  std::vector<std::string> files = files_in(answer.prompt.text);
  files.insert(files.end(), paths.begin(), paths.end());
  const std::vector<std::string_view> at_hand = languages_of(files);
  return std::ranges::none_of(named, [&](std::string_view language) {
    return std::ranges::any_of(at_hand, [&](std::string_view other) {
      return other == language || (is_of_the_web(other) && is_of_the_web(language));
    });
  });
}

// What its owner says that its users type.
bool covers_trigger(const Tables& tables, const Answer& answer, std::uint32_t entry) {
  constexpr std::uint32_t nearly_all = 900, fewest_words = 2;  // per mille
  const Span<PhraseRecord> phrases = tables.read(tables.phrases, tables.entries[entry].phrases);
  return std::ranges::any_of(phrases, [&](const PhraseRecord& phrase) {
    return is_declared(phrase) && phrase.words.count >= fewest_words &&
           answer.scorer.covered(phrase).share >= nearly_all;
  });
}

// A manifest of software that the message means by a concept, whatever its words.
bool is_known_by_concept(const Tables& tables, const Answer& answer, std::uint32_t entry, std::uint32_t least) {
  return is_of_the_trade(tables.entries[entry]) && answer.scorer.concept_points(entry) >= least;
}

// Beside the shipped library, an own manifest of another trade shares a word with many messages. `ordered`: half does.
bool explains_too_little(const Tables& tables, const Answer& answer, std::uint32_t entry, bool ordered) {
  const std::uint32_t least = ordered ? 75 : 150,
                      enough_words = ordered ? 1 : 2;  // per mille of what is said; rare words
  if (answer.shipped.order.empty() || answer.scorer.is_called(entry)) return false;
  if (is_known_by_concept(tables, answer, entry, sure_concepts) || has_unspaced(answer.prompt)) return false;
  const Shared shared = shared_with(tables, shipped_learned(), answer.prompt, answer.scorer, entry);
  return shared.share < least && shared.rare < enough_words;
}

// Two own manifests may be asked for in one breath, which no splitter cuts: another one is offered for the words that
// the named ones leave unexplained, if these are rare, and say at least half as much as the others.
std::optional<Ranked> second_asked(const Answer& answer, std::size_t named) {
  constexpr std::int32_t least = 9 * 64;  // in 64ths of a bit, beyond chance
  constexpr std::size_t looked_at = 8, most_words = 60;
  const std::vector<std::int32_t> bits = bits_of(shipped_learned(), answer.prompt);
  if (bits.size() > 2 * most_words) return std::nullopt;
  const auto sum_of = [&](std::uint32_t entry, std::vector<bool>& met, bool strong) {
    std::int32_t sum = 0;
    for (std::size_t i = 0; i < bits.size(); ++i) {
      if (bits[i] <= 0 || met[i]) continue;
      const Posting* const posting = answer.scorer.posting_of(answer.prompt.words[i], entry);
      if (posting == nullptr || (strong && (posting->mask() & 7) == 0)) continue;
      met[i] = true;
      sum += bits[i];
    }
    return sum;
  };
  std::vector<bool> explained(bits.size());
  std::int32_t of_named = 0, best_left = 0;
  for (std::size_t i = 0; i < named; ++i) of_named += sum_of(answer.order[i].entry, explained, false);
  const Ranked* best = nullptr;
  for (std::size_t i = 0; i < std::min(looked_at, answer.own.order.size()); ++i) {
    const Ranked& own = answer.own.order[i];
    if (answer.names(named, own.entry)) continue;
    std::vector<bool> met = explained;
    const std::int32_t left = sum_of(own.entry, met, true);
    if (left < least || left * 2 < of_named || left <= best_left) continue;
    best_left = left;
    best = &own;
  }
  return best == nullptr ? std::nullopt : std::optional<Ranked>(*best);
}

// An own manifest that is not named by its points, but not far from it: its act may be ordered all the same.
bool may_be_ordered(const Answer& answer, std::size_t named) {
  constexpr std::int32_t out_of_reach = -250;
  return !answer.own.order.empty() && answer.own.points >= out_of_reach &&
         !answer.names(named, answer.own.order.front().entry);
}

}  // namespace cascade::route
