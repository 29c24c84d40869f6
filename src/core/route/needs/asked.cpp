// If a need with all that is said about it gets nothing, the clause that asks is answered alone. Parts of a long brief
// and statements must be surer of what they offer; what the whole would load stays loaded if a part names it as well.
#include "route/needs/asked.h"

#include "text/names.h"
#include "text/word_set.h"

namespace cascade::route {
namespace {

// Whether the text may hold two needs: it has a mark before its end, or a word that joins.
bool may_hold_several(std::string_view text) {
  while (!text.empty() && std::string_view(" .?!\n").find(text.back()) != std::string_view::npos) text.remove_suffix(1);
  if (text.find_first_of(".?!;:,\n&+()\xE2\xE3\xEF") != std::string_view::npos) return true;
  constexpr std::string_view joints[] = {" and ", " then ", " plus ", " but ", " btw ", " so ", " AND ", " -> ", " - "};
  const bool joined =
      std::ranges::any_of(joints, [&](std::string_view joint) { return text.find(joint) != std::string_view::npos; });
  return joined || !is_plainly_english(text);
}

// Silences an offer that is not so many points beyond the mark.
void demand(const Tables& tables, std::int32_t points_beyond, Answer& answer) {
  if (answer.decision == Decision::offer && points(answer.signals) < std::int64_t{answer.marks.offer} + points_beyond)
    answer.fall_silent(tables, "a part of a message needs more points than a whole one");
}

// Many words add up to some points for anything. In a long message an offer from the shipped library must be spoken for
// by words that are about it, or be what one of the sentences gets that is. `rest`: the query without the message.
void ask_for_more(const Tables& tables, Query rest, std::string_view message, AnsweredNeed& one) {
  const auto is_about = [](const Answer& answer) {
    constexpr std::uint32_t about = 8'000;
    return answer.decision != Decision::silence && answer.order.front().score >= about;
  };
  Answer& answer = *one.answer;
  if (answer.decision != Decision::offer || !answer.signals.taught || is_about(answer)) return;
  const std::string_view part = message.substr(one.need.part.begin, one.need.part.end - one.need.part.begin);
  const Standing standing{0, answer.prompt.english};
  std::unique_ptr<Answer> best;
  for (const std::string_view ask : asks_in(part, prompt::read_parts(part))) {
    rest.text = ask;
    auto alone = std::make_unique<Answer>(tables, rest, standing);
    if (is_about(*alone) && (best == nullptr || alone->order.front().score > best->order.front().score))
      best = std::move(alone);
  }
  if (best != nullptr)
    one.answer = std::move(best);
  else
    answer.fall_silent(tables, "a long message, of which few words are about it");
}

bool is_silent(const Answer& answer) { return answer.decision == Decision::silence; }

bool names(const Tables& tables, const Answer& answer, std::uint32_t entry) {
  return answer.names(is_silent(answer) ? 0 : offered_of(tables, answer.order), entry);
}

// Whether a word that is left has to do with the first manifest.
bool is_said(const Query& query, const Answer& answer, std::string_view said) {
  constexpr std::uint32_t strong = 7;  // name, triggers, description
  const std::less<const char*> is_before;
  const char* const text = answer.prompt.text.data();
  if (is_before(text, query.text.data()) || !is_before(text, query.text.data() + query.text.size())) return true;
  const auto begin = static_cast<std::size_t>(text - query.text.data());
  return std::ranges::any_of(answer.prompt.words, [&](const PromptWord& word) {
    if (word.term == none || !word.counts || word.number || word.word_class == WordClass::function) return false;
    if (said[begin + word.offset] != query.text[begin + word.offset]) return false;
    const Posting* const posting = answer.scorer.posting_of(word.term, answer.order.front().entry);
    return posting != nullptr && (posting->mask() & strong) != 0;
  });
}

// Paths and quotations alone speak for nothing: without them the answer must be the same, or what is said besides is
// of what it names. A load must be one without them. What is quoted takes no own manifest's place.
void hear_what_is_said(const Tables& tables, const Query& query, const Query& rest, bool english,
                       std::vector<AnsweredNeed>& answered) {
  if (query.text.find_first_of("/\"'\xC2\xE2") == std::string_view::npos || is_from_host(query.text)) return;
  if (std::ranges::all_of(answered, [](const auto& one) { return is_silent(*one.answer); })) return;
  const std::vector<prompt::Part> parts = prompt::read_parts(query.text);
  const needs::Message message(query.text, parts, language_code(query.text));
  const needs::Said said = needs::without_names(message, needs::marks_of(message));
  if (said.text == query.text) return;
  for (AnsweredNeed& one : answered) {
    Answer& answer = *one.answer;
    const auto [begin, end] = one.need.part;
    if (is_silent(answer) || answer.signals.called + answer.signals.for_files != 0) continue;
    auto text = std::make_unique<const std::string>(said.text.substr(begin, end - begin));
    if (*text == query.text.substr(begin, end - begin)) continue;
    Query besides = rest;
    besides.text = *text;
    besides.paths.insert(besides.paths.end(), said.paths.begin(), said.paths.end());
    auto alone = best_answer(tables, besides, english);
    const bool same = !is_silent(*alone) && names(tables, *alone, answer.order.front().entry);
    const bool own = said.paths.empty() && !of_shipped(tables.entries[answer.order.front().entry]);
    if (same || ((own || is_silent(*alone)) && is_said(query, answer, said.text))) {
      if (alone->decision > answer.decision) answer.only_offer();
      continue;
    }
    alone->kept = std::move(text);
    one.answer = std::move(alone);
  }
}

// A list may be cut between two names ("use X and Y for the export"): the second is called as in the whole.
void answer_calls(const Tables& tables, const Query& query, const Mentions& named, bool english,
                  std::vector<AnsweredNeed>& answered) {
  needs::ByteRange names{static_cast<std::uint32_t>(query.text.size()), 0};
  for (const Call& call : named.called) {
    const bool heard = std::ranges::any_of(
        answered, [&](const AnsweredNeed& one) { return one.answer->scorer.is_called(call.entry); });
    if (!heard) names = {std::min(names.begin, call.at.begin), std::max(names.end, call.at.end)};
  }
  if (names.begin >= names.end || answered.size() >= most_needs) return;
  auto answer = std::make_unique<Answer>(tables, query, Standing{0, english});
  if (answer->signals.called != 0) answered.push_back({{names, names, needs::Sign::asks, {}, {}}, std::move(answer)});
}

// What leads only because the message refuses what would lead is not loaded, wherever the message is cut.
void offer_beside_refused(const Tables& tables, const Query& query, const std::vector<std::uint32_t>& refused,
                          bool english, std::vector<AnsweredNeed>& answered) {
  Query part = query;
  part.before = {};
  for (AnsweredNeed& one : answered) {
    if (one.answer->decision != Decision::load || one.answer->signals.called != 0) continue;
    const auto [begin, end] = one.need.core;
    part.text = query.text.substr(begin, end - begin);
    const auto all = best_answer(tables, part, english);
    for (std::size_t i = 0; i < std::min<std::size_t>(all->order.size(), 2); ++i)
      if (std::ranges::binary_search(refused, all->order[i].entry)) one.answer->only_offer();
  }
}

class Asking {
 public:
  Asking(const Tables& tables, const Query& query) : tables_(tables), query_(query), rest_(query) { rest_.before = {}; }

  std::vector<AnsweredNeed> answer() {
    if (may_hold_several(query_.text) && !is_from_host(query_.text)) answer_needs();
    const bool several =
        answered_.size() > 1 || (!answered_.empty() && answered_.front().need.sign != needs::Sign::whole);
    const bool any = std::ranges::any_of(answered_, [](const AnsweredNeed& one) { return !is_silent(*one.answer); });
    if (several && any) keep_load_of_whole();
    if (answered_.empty() || (several && !any)) {
      const auto size = static_cast<std::uint32_t>(query_.text.size());
      answered_.clear();
      answered_.push_back({{{0, size}, {0, size}, needs::Sign::whole, {}, {}}, best_answer(tables_, query_, english_)});
    }
    if (is_long(query_.text))
      for (AnsweredNeed& one : answered_) ask_for_more(tables_, rest_, query_.text, one);
    hear_what_is_said(tables_, query_, rest_, english_, answered_);
    return std::move(answered_);
  }

 private:
  void answer_needs() {
    const std::vector<prompt::Part> parts = prompt::read_parts(query_.text);
    const std::string_view language = language_code(query_.text);
    english_ = language == "en";
    std::vector<needs::Need> needs = needs::read_needs(query_.text, parts, language);
    if (needs.size() > most_needs) needs.resize(most_needs);
    const Mentions named = find_mentions(tables_, query_.text, parts);
    for (const std::uint32_t entry : named.refused)  // for one is refused for all
      rest_.hidden.push_back(ManifestId{tables_.entries[entry].manifest});
    std::ranges::sort(rest_.hidden);
    if (is_brief(query_.text, parts)) surer_ = in_brief;
    for (const needs::Need& need : needs) answer_need(need, needs.size() == 1);
    answer_calls(tables_, query_, named, english_, answered_);
    if (!named.refused.empty()) offer_beside_refused(tables_, query_, named.refused, english_, answered_);
  }

  void keep_load_of_whole() {
    auto whole = std::make_unique<Answer>(tables_, query_, Standing{0, english_});
    if (whole->decision != Decision::load || whole->signals.called != 0 || whole->prompt.parts.size() > 1) return;
    const std::uint32_t best = whole->order.front().entry;
    AnsweredNeed* of = nullptr;
    for (AnsweredNeed& one : answered_) {
      const Answer& answer = *one.answer;
      if (answer.decision == Decision::load && answer.order.front().entry == best) return;
      if (of == nullptr && answer.decision == Decision::offer && names(tables_, answer, best)) of = &one;
    }
    if (of != nullptr) of->answer = std::move(whole);
  }

  std::unique_ptr<Answer> ask(needs::ByteRange range) {
    rest_.text = query_.text.substr(range.begin, range.end - range.begin);
    return best_answer(tables_, rest_, english_);
  }
  std::unique_ptr<Answer> ask_alone(needs::ByteRange range, std::int32_t points_beyond) {
    rest_.text = query_.text.substr(range.begin, range.end - range.begin);
    auto answer = std::make_unique<Answer>(tables_, rest_, Standing{0, english_});
    demand(tables_, points_beyond, *answer);
    return answer;
  }

  void answer_need(const needs::Need& need, bool only) {
    auto answer = only ? best_answer(tables_, query_, english_) : ask(need.part);
    if (!only) demand(tables_, surer_, *answer);
    const bool same = need.core.begin == need.part.begin && need.core.end == need.part.end;
    if (is_silent(*answer) && !same) {
      auto core = ask(need.core);
      demand(tables_, surer_, *core);
      if (!is_silent(*core)) answer = std::move(core);
    }
    const bool called = answer->signals.called != 0;
    const std::uint32_t best = is_silent(*answer) ? none : answer->order.front().entry;
    answered_.push_back({need, std::move(answer)});
    if (called) return;
    const needs::Statement* taken = nullptr;  // what says alone what the need was answered with
    for (const needs::Statement& statement : need.statements)
      if (ask_statement(statement.range, statement.joined) == best && best != none) taken = &statement;
    bool said = false;  // the first side is only asked if another says something
    for (std::size_t i = need.sides.size(); i-- > (said ? 0U : 1U);) {
      const std::uint32_t named = ask_statement(need.sides[i].range, need.sides[i].joined);
      said = said || named != none;
      if (named == best && best != none) taken = &need.sides[i];
    }
    if (taken != nullptr && !same) ask_core(need, taken->range);
    if (taken != nullptr) ask_rest(need, taken->range);
  }

  bool is_named(std::uint32_t entry) const {
    return std::ranges::any_of(answered_, [&](const AnsweredNeed& one) { return names(tables_, *one.answer, entry); });
  }

  // A statement is a need of its own where it would be loaded alone, or, behind a joint, offered, for something that is
  // not named yet. Its names are offered. Returns the one that it names.
  std::uint32_t ask_statement(needs::ByteRange range, bool joined) {
    if (answered_.size() >= most_needs) return none;
    auto answer = ask_alone(range, std::max(surer_, in_statement));
    if (answer->decision > (joined ? Decision::offer : Decision::load) || answer->order.empty()) return none;
    const std::uint32_t best = answer->order.front().entry;
    if (is_named(best)) return best;
    answer->only_offer();
    answered_.push_back({{range, range, needs::Sign::statement, {}, {}}, std::move(answer)});
    return best;
  }

  // What was told beside the request may have drowned it.
  void ask_core(const needs::Need& need, needs::ByteRange taken) {
    if (answered_.size() >= most_needs || (taken.begin >= need.core.begin && taken.end <= need.core.end)) return;
    auto answer = ask(need.core);
    demand(tables_, surer_, *answer);
    if (is_silent(*answer) || is_named(answer->order.front().entry)) return;
    answered_.push_back({{need.core, need.core, needs::Sign::asks, {}, {}}, std::move(answer)});
  }

  // So may it have drowned what was told before or behind it, in several sentences.
  void ask_rest(const needs::Need& need, needs::ByteRange taken) {
    for (const bool before : {true, false}) {
      needs::ByteRange rest{need.part.end, need.part.begin};
      std::size_t count = 0;
      for (const auto* told : {&need.statements, &need.sides})
        for (const auto& [range, joined] : *told) {
          if (before ? range.end > taken.begin : range.begin < taken.end) continue;
          rest = {std::min(rest.begin, range.begin), std::max(rest.end, range.end)};
          ++count;
        }
      if (count > 1) ask_statement(rest, false);
    }
  }

  static constexpr std::int32_t in_brief = 80, in_statement = 40;  // points beyond the mark

  const Tables& tables_;
  const Query& query_;
  Query rest_;
  bool english_ = false;    // the whole message
  std::int32_t surer_ = 0;  // points beyond the mark that an offer for a part needs
  std::vector<AnsweredNeed> answered_;
};

constexpr std::size_t most_loaded = 3, most_offered = 4;

class Union {
 public:
  Union(const Router::State& state, const Query& query) : state_(state), query_(query) {}

  void add(const AnsweredNeed& one) {
    const Answer& answer = *one.answer;
    Need need{one.need.part.begin,
              one.need.part.end,
              one.need.core.begin,
              one.need.core.end,
              std::string(to_string(one.need.sign)),
              decision_of(answer),
              {}};
    const bool loads = need.decision == Decision::load;
    std::vector<Ranked> taken = loads ? loads_of(answer) : answer.order;
    taken.resize(loads ? taken.size() : need.decision == Decision::offer ? offered_of(state_.tables, answer.order) : 0);
    for (const Ranked& ranked : taken) {
      need.matches.push_back(match_of(state_, query_, answer, ranked));
      const std::int64_t beyond = answer.scorer.is_called(ranked.entry)
                                      ? RoutingReport::never
                                      : std::int64_t{points(answer.signals)} - answer.marks.load;
      if (loads) loads_.push_back({beyond, need.matches.back()});
    }
    if (need.decision != Decision::silence)
      for (const Ranked& ranked : answer.also) also_.push_back(match_of(state_, query_, answer, ranked));
    if (need.decision < routing_.decision) routing_.decision = need.decision;
    note_names(answer);
    routing_.needs.push_back(std::move(need));
  }

  Routing take() {
    std::ranges::stable_sort(loads_, [](const Load& a, const Load& b) { return a.beyond > b.beyond; });
    for (Load& load : loads_) say(std::move(load.match), routing_.loaded, most_loaded);
    for (std::size_t place = 0; place < most_offered; ++place)
      for (const Need& need : routing_.needs)
        if (need.decision == Decision::offer && place < need.matches.size())
          say(need.matches[place], routing_.offered, most_offered);
    for (Match& match : also_) say(std::move(match), routing_.offered, most_offered);
    letters::sort_once(routing_.refused);
    if (routing_.needs.size() == 1) routing_.needs.clear();
    return std::move(routing_);
  }

 private:
  struct Load {
    std::int64_t beyond;  // the mark, in points
    Match match;
  };

  ManifestView manifest_of(std::uint32_t entry) const {
    return state_.registry[ManifestId{state_.tables.entries[entry].manifest}];
  }

  Decision decision_of(const Answer& answer) const {
    if (query_.active.empty() || answer.order.empty()) return answer.decision;
    if (answer.scorer.is_called(answer.order.front().entry)) return answer.decision;
    const ManifestView best = manifest_of(answer.order.front().entry);
    const bool active = std::ranges::any_of(
        query_.active, [&](const Symbol& symbol) { return symbol.kind == best.kind && symbol.name == best.name; });
    return active ? Decision::silence : answer.decision;
  }

  // The best one, or all that are called, in the order of the text: of several with one name the best. Behind the first
  // that is not called stand others of the same family or lane: of these, what the text names elsewhere.
  std::vector<Ranked> loads_of(const Answer& answer) const {
    const std::vector<Call>& calls = answer.prompt.mentions.called;
    const auto place = [&](const Ranked& ranked) {
      return std::ranges::find_if(calls, [&](const Call& call) { return call.entry == ranked.entry; });
    };
    std::vector<Ranked> called;
    bool behind = false;
    for (const Ranked& ranked : answer.order) {
      if (behind && called.empty()) break;
      behind = behind || !answer.scorer.is_called(ranked.entry);
      const auto call = place(ranked);
      if (call == calls.end()) continue;
      const std::string_view name = manifest_of(ranked.entry).name;
      const bool is_known = std::ranges::any_of(called, [&](const Ranked& one) {
        return manifest_of(one.entry).name == name || (behind && place(one)->at.begin == call->at.begin);
      });
      if (!is_known) called.push_back(ranked);
    }
    if (called.empty()) return {answer.order.front()};
    std::ranges::stable_sort(called, [&](const Ranked& a, const Ranked& b) { return place(a) < place(b); });
    return called;
  }

  void note_names(const Answer& answer) {
    for (const Call& call : answer.prompt.mentions.called)
      routing_.called.push_back(ManifestId{state_.tables.entries[call.entry].manifest});
    for (const std::uint32_t entry : answer.prompt.mentions.refused)
      routing_.refused.push_back(ManifestId{state_.tables.entries[entry].manifest});
  }

  void say(Match match, std::vector<Match>& where, std::size_t most) {
    for (const std::vector<Match>* known : {&routing_.loaded, &routing_.offered, &routing_.left_out})
      for (const Match& one : *known)
        if (one.id == match.id) return;
    (where.size() < most ? where : routing_.left_out).push_back(std::move(match));
  }

  const Router::State& state_;
  const Query& query_;
  Routing routing_;
  std::vector<Load> loads_;
  std::vector<Match> also_;
};

// A list for somebody who searches should hold a manifest for every thing asked for, so the pieces' orders are
// interleaved; words of the whole text then lift what several pieces speak for (BM25, by the postings' `plain`).
constexpr std::size_t most_pieces = 12, taken_of_each = 50, words_of_piece = 3;

bool ends_piece(std::string_view text, std::size_t at) {
  const char c = text[at], next = at + 1 < text.size() ? text[at + 1] : ' ';
  if (c == '\n') return true;
  if ((c == '.' || c == '?' || c == '!' || c == ';') && letters::is_space(next)) return true;
  return static_cast<unsigned char>(c) == 0xE3 && text.substr(at, 3) == "\xE3\x80\x82";
}

// "additionally", "then": a piece begins with the word at `at`.
bool begins_piece(std::string_view text, std::size_t at) {
  if (at > 0 && letters::is_letter_or_digit(text[at - 1])) return false;
  return letters::is_one_of_lower(letters::run_at_begin(text.substr(at), letters::is_letter),
                                  {"then", "additionally", "finally", "also", "lastly", "furthermore", "moreover",
                                   "next", "afterwards", "secondly", "thirdly", "after"});
}

std::vector<std::string_view> pieces_of(std::string_view text) {
  std::vector<std::string_view> pieces;
  std::size_t begin = 0;
  const auto end_at = [&](std::size_t end) {
    const std::string_view piece = letters::trim(text.substr(begin, end - begin));
    const auto blanks = static_cast<std::size_t>(std::ranges::count(piece, ' '));
    if (blanks + 1 < words_of_piece) return;
    pieces.push_back(piece);
    begin = end;
  };
  for (std::size_t at = 1; at < text.size() && pieces.size() < most_pieces; ++at) {
    if (ends_piece(text, at))
      end_at(at + 1);
    else if (letters::is_letter(text[at]) && begins_piece(text, at))
      end_at(at);
  }
  if (pieces.size() < most_pieces) end_at(text.size());
  return pieces;
}

std::vector<Ranked> by_whole_files(const Tables& tables, const Answer& whole) {
  std::vector<std::uint64_t> sums(tables.entries.size, 0);
  for (const Clue& clue : whole.scorer.clues()) {
    if (clue.concept_clue) continue;
    const std::uint64_t rarity = rarity_of(tables.terms[clue.term]);
    for (const Posting& posting : tables.read(tables.postings, tables.terms[clue.term].postings))
      if (posting.entry() < sums.size()) sums[posting.entry()] += rarity * posting.plain;
  }
  std::vector<Ranked> order;
  for (const Ranked& ranked : whole.order)
    order.push_back({ranked.entry, static_cast<std::uint32_t>(std::min<std::uint64_t>(sums[ranked.entry], none))});
  std::ranges::stable_sort(order, is_better);
  return order;
}

std::vector<std::uint32_t> in_turn(std::vector<std::unique_ptr<Answer>>& answers) {
  std::ranges::stable_sort(answers, [](const auto& a, const auto& b) {
    const auto best = [](const auto& answer) { return answer->order.empty() ? 0 : answer->order.front().score; };
    return best(a) > best(b);
  });
  std::vector<std::uint32_t> entries;
  for (std::size_t place = 0; place < taken_of_each; ++place)
    for (const auto& answer : answers)
      if (place < answer->order.size() && std::ranges::find(entries, answer->order[place].entry) == entries.end())
        entries.push_back(answer->order[place].entry);
  return entries;
}

}  // namespace

std::vector<AnsweredNeed> answers_to(const Tables& tables, const Query& query) {
  return Asking(tables, query).answer();
}

Refusals obey_refusals(const Tables& tables, const Query& query, std::vector<AnsweredNeed>& answered) {
  if (is_from_host(query.text)) return {};
  const bool whole = answered.size() == 1 && answered.front().need.sign == needs::Sign::whole && query.before.empty();
  const Mentions read = whole ? Mentions() : find_mentions(tables, query.text, prompt::read_parts(query.text));
  const Mentions& named = whole ? answered.front().answer->prompt.mentions : read;
  const Refusals refuses{named.refuses_all, named.refuses_that && named.refused.empty()};
  if (!refuses.all && !named.only_refuses) return refuses;
  for (AnsweredNeed& one : answered)
    if (one.answer->signals.called == 0)
      one.answer->fall_silent(tables, refuses.all ? "the prompt refuses every skill" : "the prompt only refuses");
  return refuses;
}

Match match_of(const Router::State& state, const Query& query, const Answer& answer, const Ranked& ranked) {
  Match match;
  match.id = ManifestId{state.tables.entries[ranked.entry].manifest};
  match.score = ranked.score;
  if (query.evidence) match.evidence = answer.scorer.evidence(ranked.entry);
  return match;
}

Routing unite(const Router::State& state, const Query& query, const std::vector<AnsweredNeed>& answered) {
  Union all(state, query);
  for (const AnsweredNeed& one : answered) all.add(one);
  return all.take();
}

std::vector<Ranked> search_order(const Tables& tables, const Query& query) {
  constexpr std::uint32_t share = 1'000'000, offset = 10;  // of a list's k-th place: share / (offset + k)
  const std::vector<std::string_view> pieces = pieces_of(query.text);
  if (pieces.size() < 2) return {};
  std::vector<std::unique_ptr<Answer>> answers;
  Query part = query;
  for (const std::string_view piece : pieces) {
    part.text = piece;
    answers.push_back(std::make_unique<Answer>(tables, part));
  }
  std::vector<std::uint32_t> scores(tables.entries.size, 0);
  const auto fuse = [&](std::size_t place, std::uint32_t entry) {
    scores[entry] += share / (offset + static_cast<std::uint32_t>(place));
  };
  const std::vector<std::uint32_t> turns = in_turn(answers);
  for (std::size_t i = 0; i < turns.size(); ++i) fuse(i, turns[i]);
  const std::vector<Ranked> whole = by_whole_files(tables, Answer(tables, query));
  for (std::size_t i = 0; i < whole.size(); ++i) fuse(i, whole[i].entry);
  std::vector<Ranked> order;
  for (std::uint32_t entry = 0; entry < scores.size(); ++entry)
    if (scores[entry] != 0) order.push_back({entry, scores[entry]});
  std::ranges::sort(order, is_better);
  return order;
}

}  // namespace cascade::route
