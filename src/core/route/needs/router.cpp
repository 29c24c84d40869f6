// The public router over route::Answer. relevance() leaves out the bodies, which the router does not keep.
#include <cascade/route.h>

#include "route/needs/asked.h"
#include "text/names.h"

namespace cascade {

Router::Router(std::shared_ptr<const State> state) : state_(std::move(state)) {}

constexpr letters::Names<Decision::silence> decision_names("load", "offer", "silence");
std::string_view to_string(Decision decision) noexcept { return decision_names.of(decision); }

constexpr letters::Names<Caution::high> caution_names("low", "normal", "high");
std::optional<Caution> parse_caution(std::string_view text) noexcept { return caution_names.find(text); }

namespace {

using route::AnsweredNeed;

bool holds(const std::vector<Match>& matches, ManifestId id) {
  return std::ranges::any_of(matches, [id](const Match& match) { return match.id == id; });
}

// What is loaded, then offered (but to a search), then the only answer's order, or what a search for all needs finds.
void rank_all(const Router::State& state, const Query& query, const std::vector<AnsweredNeed>& answered,
              Routing& routing) {
  if (query.limit == 0) return;
  std::vector<route::Ranked> found;
  if (answered.size() > 1 || query.searches) {
    Query rest = query;
    rest.hidden.insert(rest.hidden.end(), routing.refused.begin(), routing.refused.end());
    std::ranges::sort(rest.hidden);
    found = route::search_order(state.tables, rest);
  }
  const route::Answer& first = *answered.front().answer;
  const std::vector<route::Ranked>& order = found.empty() ? first.order : found;
  routing.ranked = routing.loaded;
  if (!query.searches) routing.ranked.insert(routing.ranked.end(), routing.offered.begin(), routing.offered.end());
  for (std::size_t i = 0; i < order.size() && routing.ranked.size() < query.limit; ++i) {
    Match match = route::match_of(state, query, first, order[i]);
    if (!holds(routing.ranked, match.id)) routing.ranked.push_back(std::move(match));
  }
  if (routing.ranked.size() > query.limit) routing.ranked.resize(query.limit);
}

struct Answers {
  std::vector<AnsweredNeed> needs;
  route::Refusals refuses;
};

Answers answers_of(const Router::State& state, const Query& query) {
  Answers answers{route::answers_to(state.tables, query), {}};
  route::fit_to_task(state, query, answers.needs);
  answers.refuses = route::obey_refusals(state.tables, query, answers.needs);
  return answers;
}

Routing routing_of(const Router::State& state, const Query& query, const Answers& answers) {
  Routing routing = route::unite(state, query, answers.needs);
  routing.refuses_all = answers.refuses.all;
  routing.refuses_that = answers.refuses.that;
  rank_all(state, query, answers.needs, routing);
  return routing;
}

// The names of the weightiest concepts, the heaviest first.
std::vector<std::string> concepts_of(const route::Scorer& scorer) {
  constexpr std::uint32_t least = 300;  // per mille
  constexpr std::size_t most = 10;
  std::vector<route::Clue> heavy;
  for (const route::Clue& clue : scorer.clues())
    if (clue.concept_clue && clue.weight >= least) heavy.push_back(clue);
  std::ranges::stable_sort(heavy, [](const route::Clue& a, const route::Clue& b) { return a.weight > b.weight; });
  std::vector<std::string> names;
  for (std::size_t i = 0; i < heavy.size() && i < most; ++i) names.push_back(scorer.concept_name(heavy[i].term));
  return names;
}

// A word that stands in several forms is written as in the evidence.
std::vector<std::string> words_of(const route::Answer& answer) {
  std::vector<std::uint32_t> stems;
  std::vector<std::string> words;
  for (const route::PromptWord& word : answer.prompt.words) {
    if (word.word_class == route::WordClass::function || word.number || word.translated) continue;
    if (word.origin == route::Origin::part || (word.pasted && answer.prompt.says_enough)) continue;
    if (std::ranges::find(stems, word.stem) != stems.end()) continue;
    stems.push_back(word.stem);
    const std::vector<route::Clue>& clues = answer.scorer.clues();
    const auto clue = std::ranges::find_if(clues, [&](const route::Clue& one) {
      return !one.concept_clue && word.term != route::none && one.term == word.term;
    });
    words.push_back(clue != clues.end() ? answer.scorer.word_text(clue->word)
                                        : std::string(answer.prompt.text.substr(word.offset, word.length)));
  }
  return words;
}

constexpr std::size_t lessons_shown = 12;

// Of the prompts that taught a class those that have what speaks for it in this one, nearest first; each is read again.
std::vector<std::string> nearest_prompts(const route::Tables& tables, const route::Learned& learned,
                                         const route::LearnedClass& record, const route::Features& features,
                                         const std::vector<route::LearnedGain>& gains) {
  std::vector<std::pair<std::int32_t, std::uint32_t>> near;
  for (std::uint32_t i = record.prompts; i < record.prompts + record.prompt_count; ++i) {
    const route::Prompt prompt = route::read_prompt(tables, learned.prompt(i));
    const route::Weights weights;
    const route::Features has = route::features_of(tables, prompt, route::Scorer(tables, weights, prompt));
    const auto shares = [&](std::size_t at) {
      const std::size_t words = features.words.size(), pairs = words + features.pairs.size();
      if (at < words) return std::ranges::binary_search(has.words, features.words[at]);
      return at < pairs ? std::ranges::binary_search(has.pairs, features.pairs[at - words])
                        : std::ranges::binary_search(has.grams, features.grams[at - pairs]);
    };
    std::int32_t sum = 0;
    for (const route::LearnedGain& gain : gains) sum += shares(gain.feature) ? gain.gain : 0;
    if (sum > 0) near.emplace_back(-sum, i);
  }
  std::ranges::sort(near);
  std::vector<std::string> texts;
  for (const auto& [sum, i] : near) texts.emplace_back(learned.prompt(i));
  return texts;
}

void explain_lessons(const route::Tables& tables, const route::Answer& answer, RoutingReport& report) {
  const route::Learned learned = route::shipped_learned();
  if (!answer.signals.taught || answer.order.empty()) return;
  const std::uint32_t learned_class = tables.entries[answer.order[0].entry].learned;
  if (learned_class == 0 || learned_class >= learned.classes.size) return;
  const route::Features& features = answer.taught.features();
  const std::vector<std::string> texts = route::feature_texts(tables, answer.prompt, answer.scorer, features);
  const std::vector<route::LearnedGain> gains = route::learned_gains(learned, features, learned_class);
  for (const route::LearnedGain& gain : gains) {
    if (report.learned.size() == lessons_shown) break;
    report.learned.push_back({texts[gain.feature], gain.gain});
  }
  report.taught_by = nearest_prompts(tables, learned, learned.classes[learned_class], features, gains);
}

// The reasons for one need's answer; the routing is the caller's.
RoutingReport report_of(const Router::State& state, const route::Answer& answer) {
  const route::Tables& tables = state.tables;
  const route::Scorer& scorer = answer.scorer;
  RoutingReport report;
  for (const route::SignalPoints& signal : route::weigh(answer.signals))
    if (signal.value != 0 || signal.points != 0)
      report.signals.push_back({std::string(signal.name), signal.value, signal.points});
  report.points = route::points(answer.signals);
  report.offer_from = answer.marks.offer;
  report.load_from = answer.marks.load;
  report.lead = route::lead_of(answer.signals);
  report.lead_from = answer.marks.lead;
  report.rule = answer.deciding_rule();
  for (const route::Fit& fit : answer.fits)
    report.fits.push_back({ManifestId{tables.entries[fit.entry].manifest}, fit.grade, std::string(fit.why)});
  report.from_host = answer.prompt.harness;
  report.concepts = concepts_of(scorer);
  for (const route::PromptWord& word : answer.prompt.words)
    if (word.origin == route::Origin::repaired)
      report.repaired.push_back({std::string(answer.prompt.text.substr(word.offset, word.length)),
                                 std::string(tables.read(tables.terms[word.term].text))});
  for (const std::uint32_t term : scorer.excluded())
    report.ruled_out.emplace_back(tables.read(tables.terms[term].text));
  explain_lessons(tables, answer, report);
  report.words = words_of(answer);
  return report;
}

// Read heading by heading: the sections below one all begin with it, and manifests share theirs ("Steps", "Verify").
class HeadingTerms {
 public:
  explicit HeadingTerms(const route::Tables& tables) : tables_(tables), terms_(tables) {}

  std::vector<route::PromptWord> words_of(std::string_view text) { return read_words(tables_, terms_, text).words; }

  // The terms of a path "A > B > C". Valid until the next call.
  const std::vector<std::uint32_t>& terms_of(std::string_view path) {
    constexpr std::string_view between = " > ";
    path_.clear();
    for (std::size_t begin = 0; begin <= path.size();) {
      const std::size_t end = std::min(path.find(between, begin), path.size());
      const std::vector<std::uint32_t>& heading = terms_in(path.substr(begin, end - begin));
      path_.insert(path_.end(), heading.begin(), heading.end());
      begin = end + between.size();
    }
    return path_;
  }

 private:
  const std::vector<std::uint32_t>& terms_in(std::string_view heading) {
    const auto [known, is_new] = known_.try_emplace(heading);
    if (is_new)
      for (const route::PromptWord& word : words_of(heading)) known->second.push_back(word.term);
    return known->second;
  }

  const route::Tables& tables_;
  route::WordTerms terms_;
  std::unordered_map<std::string_view, std::vector<std::uint32_t>> known_;  // keys lie in the registry
  std::vector<std::uint32_t> path_;
};

}  // namespace

Routing Router::rank(const Query& query) const { return routing_of(*state_, query, answers_of(*state_, query)); }

RoutingReport Router::explain(const Query& query) const {
  const Answers answers = answers_of(*state_, query);
  const std::vector<AnsweredNeed>& answered = answers.needs;
  Query asked = query;
  asked.evidence = true;
  RoutingReport report;
  if (answered.size() == 1) report = report_of(*state_, *answered.front().answer);
  report.routing = routing_of(*state_, asked, answers);
  report.called = report.routing.called;
  for (std::size_t i = 0; answered.size() > 1 && i < answered.size(); ++i) {
    const route::Answer& answer = *answered[i].answer;
    RoutingReport& need = report.needs.emplace_back(report_of(*state_, answer));
    const Need& own = report.routing.needs[i];
    need.routing.decision = own.decision;
    (own.decision == Decision::load ? need.routing.loaded : need.routing.offered) = own.matches;
    for (std::size_t k = 0; k < answer.order.size() && k < query.limit; ++k)
      need.routing.ranked.push_back(route::match_of(*state_, asked, answer, answer.order[k]));
    for (const route::Call& call : answer.prompt.mentions.called)
      need.called.push_back(ManifestId{state_->tables.entries[call.entry].manifest});
    need.routing.called = need.called;
    need.routing.refused = report.routing.refused;
  }
  return report;
}

// The share of the information in the query's words that the section's headings have, from 500 (none) to 1000 (all).
std::function<std::uint32_t(ManifestId, std::uint32_t)> Router::relevance(const Query& query) const {
  struct Asked {
    std::uint32_t term, rarity;
  };
  const route::Tables& tables = state_->tables;
  const auto headings = std::make_shared<HeadingTerms>(tables);
  std::vector<Asked> asked;
  std::uint64_t total = 0;
  for (const route::PromptWord& word : headings->words_of(query.text)) {
    if (word.term == route::none || word.word_class == route::WordClass::function || word.number) continue;
    asked.push_back({word.term, rarity_of(tables.terms[word.term])});
    total += asked.back().rarity;
  }
  // The function owns what it needs: callers keep it longer than the query. Not for two threads: it remembers headings.
  return [state = state_, headings, asked = std::move(asked), total](ManifestId id,
                                                                     std::uint32_t section) -> std::uint32_t {
    if (total == 0) return 500;
    const std::vector<std::uint32_t>& terms = headings->terms_of(state->registry.section(id, section).path);
    std::uint64_t met = 0;
    for (const Asked& word : asked) met += std::ranges::find(terms, word.term) != terms.end() ? word.rarity : 0;
    return static_cast<std::uint32_t>(500 + 500 * met / total);
  };
}

}  // namespace cascade
