// Each piece of the message that shares a word with the manifest has a grade, and the best one counts. The rules and
// what each is worth: docs/routing.md, "A topic is not a task".
#include "route/needs/asked.h"

#include "route/needs/deed.h"

namespace cascade::route {
namespace {

namespace roles = needs::roles;
using deeds::Deed, deeds::deed_of, deeds::has, deeds::is_participle, deeds::Overlap, deeds::Text;
using needs::Marks, needs::Piece, needs::Speech, needs::Words;

constexpr std::uint8_t no_grade = Fit::not_graded;

constexpr std::string_view works_elsewhere = "something else is worked on", its_act = "its act",
                           another_matter = "another matter is pasted", points_only = "the object points or names",
                           beside_object = "beside the object", another_object = "another object",
                           hardly_known = "no word in common", no_word_ordered = "no word in common; an order",
                           only_subject = "what it is about, by no act of its own";

struct Grade {
  std::uint8_t value = no_grade;
  std::string_view why;
  bool ordered = false;        // an order is for the act or the object, whose words stand in it
  std::uint32_t order = none;  // the piece, if it is an order
  bool for_act = false;        // what is ordered is the act itself
};

class Orders : public Overlap {
 public:
  using Overlap::Overlap;

 protected:
  // "Get the kettle cleaned": behind a light verb a participle is the act.
  bool has_own_participle(const Piece& piece) const {
    return Words{piece.object.begin, std::max(piece.object.end, piece.rest.end)}.any([&](std::size_t i) {
      const std::string_view word = text_.message.text_of(i);
      const bool participle = (word.size() > 3 && word.ends_with("ed")) || text_.is(i, roles::finite);
      return participle && has(deed_.acts, text_.stems[i], true);
    });
  }

  struct Object {
    std::size_t head = needs::no_word;  // its last word that says something
    bool code = false, artefact = false;
  };
  Object object_of(Words words) const {
    Object object;
    for (std::size_t i = words.begin; i < words.end; ++i) {
      object.code = object.code || text_.marks[i].code;
      if (!is_plain(i) || text_.marks[i].number) continue;
      object.artefact = object.artefact || is_foreign_artefact(i, words);
      const bool name = text_.marks[i].name && text_.language != "de";  // German writes all nouns so
      if (!name && !text_.is(i, roles::determiner | roles::pointing | roles::adverb | roles::politeness))
        object.head = i;
    }
    return object;
  }

  // "Make something of it", "write down what they need": what was told before is the object.
  bool points_back(const Piece& piece) const {
    const Words all{piece.object.begin, std::max(piece.object.end, piece.rest.end)};
    if (all.empty()) return false;
    if (text_.is(all.begin, roles::question)) return true;
    return all.any([&](std::size_t word) {
      return text_.is(word, roles::pointing) && (word + 1 == all.end || !text_.is_content(word + 1));
    });
  }

  // "… behind a feature flag".
  bool is_put_elsewhere(Words rest) const {
    return !rest.empty() && has_foreign_artefact(rest) &&
           letters::is_one_of(text_.message.text_of(rest.begin),
                              {"into", "in", "behind", "under", "inside", "onto", "to"});
  }

  // "Fix the billing service's rounding", "start the billing service", "look at it", beside a manifest that cuts
  // releases of that service: their object is none that its deeds are done to.
  bool is_only_subject(const Piece& piece) const {
    if (deed_.works.empty() || !english_) return false;
    // An act that no row knows may be its own, mistyped: "revuew the branch".
    if (piece.act != needs::no_word && !text_.is(piece.act, ~needs::Roles{0})) return false;
    Words object = piece.object;
    if (object_of(object).head == needs::no_word) object = {piece.rest.begin + 1, piece.rest.end};
    for (std::size_t i = object.begin + 1; i < object.end; ++i)
      if (text_.is(i, roles::preposition)) object.end = i;
    while (object.size() > 1 && text_.message.text_of(object.end - 1).ends_with("ly") && !is_own(object.end - 1))
      --object.end;  // "set it up locally"
    const std::size_t head = object_of(object).head;
    if (head == needs::no_word || object.empty() || has_worked_on({0, text_.marks.size()})) return false;
    const std::string_view ending = "'s";
    return is_hit(head) || Words{object.begin, head}.any([&](std::size_t word) {
      return is_hit(word) && text_.message.raw(word).ends_with(ending);
    });
  }

  Grade of_order(const Piece& piece) const {
    const bool named = piece.act != needs::no_word;
    const bool light = !named || text_.is(piece.act, roles::light);
    const bool by_verb = named && !light && has(deed_.acts, text_.stems[piece.act], english_);
    const bool fits = by_verb || (light && has_own_participle(piece));
    if (named && !fits && !is_own(piece.act) &&
        text_.message.row_at({piece.act, std::max(piece.act + 1, piece.object.end)}, roles::code_act))
      return {0, "works on code"};
    if (named && !fits && text_.is(piece.act, roles::keeps)) return {0, "is left as it is"};
    const Object object = object_of(piece.object);
    const std::size_t inside = hits_in(piece.object), behind = hits_in(piece.rest);
    if (object.artefact && !(by_verb && inside > 0))
      return by_verb ? Grade{2, "its act, on an artefact", false, none, true} : Grade{0, works_elsewhere};
    // "Quote for Tadlow": names alone take the act nowhere else.
    const bool nothing = object.head == needs::no_word || text_.is(object.head, roles::preposition);
    const bool on_own = nothing || inside + behind > 0;
    if (fits)
      return {3, on_own ? its_act : "its act, on something else", on_own && piece.object.size() + piece.rest.size() > 0,
              none, true};
    if (is_only_subject(piece)) return {1, only_subject};
    if (object.head == needs::no_word || (light && inside + behind == 0 && points_back(piece)))
      return object.code && !light && behind == 0 ? Grade{0, works_elsewhere}
                                                  : Grade{2, points_only, !named && behind > 1};
    if (inside > 0) {
      const bool whole = is_hit(object.head) || inside > 1 || text_.language != "en";
      if (light && behind == 0 && is_put_elsewhere(piece.rest)) return {1, "is put into something else"};
      const bool several = inside + behind > 1;
      const bool is_object = !text_.is(piece.object.begin, roles::preposition);  // "write to the customers"
      if (whole && light)                                                        // "make a commit"
        return {3, "its object", is_object, none, has(deed_.acts, text_.stems[object.head], english_)};
      if (whole) return {2, "its object, by another act", several && (!english_ || !named)};
      return several ? Grade{2, "its object and its place", true} : Grade{1, "stands only beside the object"};
    }
    if (light && behind > 0 && !piece.rest.empty() &&
        letters::is_one_of(text_.message.text_of(piece.rest.begin), {"of", "with", "von", "mit", "de"}))
      return {2, "what its object is of"};
    return {1, light ? beside_object : another_object};
  }

  bool asks_where_or_who(const Piece& piece) const {
    return letters::is_one_of(text_.message.text_of(piece.words.begin),
                              {"who", "where", "wheres", "whos", "wo", "wer", "ou", "qui", "donde", "quien"});
  }
  // "Went out fine", "we deployed it": what is done asks for nothing.
  bool is_settled(Words words) const {
    if (text_.message.has(words, roles::settled)) return true;
    return text_.is(words.begin, roles::subject) && Words{words.begin + 1, words.end}.any([&](std::size_t word) {
      return is_participle(text_.message.text_of(word)) && has(deed_.acts, text_.stems[word], true);
    });
  }
};

bool is_elsewhere(const Grade& grade) { return grade.value == 0; }
bool is_foreign(const Grade& grade) { return grade.value == 0 || grade.why == beside_object; }

class Fitting : public Orders {
 public:
  Fitting(const Scorer& scorer, const Text& text, const Prompt& prompt, const std::vector<Piece>& pieces,
          const Deed& deed)
      : Orders(scorer, text, prompt, deed), pieces_(pieces) {
    for (const Piece& piece : pieces_) {
      if (piece.speech == Speech::order) orders_.push_back(of_piece(piece));
      is_ruled_out_ = is_ruled_out_ || (piece.speech == Speech::ruled_out && hits_in(piece.words) > 0);
    }
  }

  Grade grade() const {
    Grade best;
    for (std::uint32_t i = 0; i < pieces_.size(); ++i) {
      Grade own = beside_others(pieces_[i]);
      if (own.value == no_grade || (best.value != no_grade && own.value <= best.value)) continue;
      best = own;
      if (pieces_[i].speech == Speech::order && hits_in(pieces_[i].words) > 0) best.order = i;
    }
    return best.value != no_grade ? best : without_words();
  }
  bool orders_the_act() const {
    return std::ranges::any_of(orders_, [](const Grade& one) { return one.for_act; });
  }

 private:
  Grade of_piece(const Piece& piece) const {
    switch (piece.speech) {
      case Speech::ruled_out: return {0, "is ruled out"};
      case Speech::aside: return {1, "a time, a condition, or told of something"};
      case Speech::question:
        if (deed_.knows) return {3, "asks what the manifest knows"};
        if (is_answered_by_body(piece)) return {3, "its body speaks of what is asked"};
        if (brings_case(piece)) return {2, "asks about a case of its own"};
        return {1, "asks to be told"};
      case Speech::statement:
        if (is_settled(piece.words)) return {1, "is done"};
        if (is_answered_by_body(piece)) return {3, "its body speaks of what is told"};
        if (deed_.mends && text_.message.has(piece.words, roles::wrong)) return {3, "mends what is told"};
        return {1, "is only told of"};
      case Speech::fragment:
        if (has_foreign_artefact(piece.words)) return {1, beside_object};
        return {2, "no verb", is_whole_heading(piece)};
      case Speech::shown: return {2, "is put on the table"};
      case Speech::need:
        if (has_foreign_artefact(piece.words)) return {0, works_elsewhere};
        return {2, "somebody needs it"};
      case Speech::order: return of_order(piece);
    }
    return {};
  }

  // "Room text room 5": a heading typed alone, which begins with a word of the manifest.
  bool is_whole_heading(const Piece& piece) const {
    const std::size_t fewest = 2, most = 6, first = piece.words.begin, last = piece.words.end - 1;
    return pieces_.size() == 1 && piece.words.size() >= fewest && piece.words.size() <= most &&
           text_.message[last].mark != '?' && is_hit(first) && has(deed_.words, text_.stems[first], english_) &&
           text_.stems[first] != text_.stems[last];
  }
  // Who asks for a person or a place, or names an artefact of code, wants nothing done.
  bool is_answered_by_body(const Piece& piece) const {
    if (has_foreign_artefact(piece.words) || asks_where_or_who(piece)) return false;
    return is_told_by_body(piece.words);
  }
  // What is asked for is worked out from figures that it brings.
  bool brings_case(const Piece& piece) const {
    constexpr std::ptrdiff_t fewest = 2;
    if (has_foreign_artefact(piece.words) || asks_where_or_who(piece)) return false;
    return std::ranges::count_if(text_.marks, [](const Marks& word) { return word.number; }) >= fewest;
  }
  bool all_orders(bool (*holds)(const Grade&)) const { return !orders_.empty() && std::ranges::all_of(orders_, holds); }
  bool ends_before_order(const Piece& piece) const {
    for (std::size_t i = piece.words.begin; i < text_.marks.size(); ++i) {
      const char mark = text_.message[i].mark;
      if (mark == '.' || mark == '!')
        return std::ranges::any_of(
            pieces_, [&](const Piece& other) { return other.speech == Speech::order && other.words.begin > i; });
    }
    return false;
  }
  bool an_order_points() const {
    return std::ranges::any_of(orders_, [](const Grade& one) { return one.why == points_only; });
  }

  // The piece's grade where it shares a word with the manifest or has its act, with what stands beside it.
  Grade beside_others(const Piece& piece) const {
    Grade grade = of_piece(piece);
    const bool plain = hits_in(piece.words) > 0, any = plain || has_code_hit(piece.words);
    const bool order = piece.speech == Speech::order;
    if (!(order && (grade.value == 3 || (grade.value == 2 && plain))) && !any) return {};
    const bool shut_off = piece.speech == Speech::aside || piece.speech == Speech::fragment;
    if (shut_off && grade.value > 0 && all_orders(is_elsewhere)) return {0, works_elsewhere};
    const bool told = (piece.speech == Speech::statement && (grade.value == 1 || all_orders(is_foreign))) ||
                      (piece.speech == Speech::aside && an_order_points() && ends_before_order(piece));
    if (is_ruled_out_ && !order && grade.value > 1) grade = {1, "is ruled out beside it"};
    if (told || (piece.speech == Speech::fragment && !orders_.empty() && grade.value == 2))
      grade = of_told(grade, hits_in(piece.words) > 1);
    const bool asks = order || piece.speech == Speech::question || piece.speech == Speech::fragment;
    if (!plain && grade.value < 3 && asks && grade.why != points_only) {
      const bool nothing = piece.speech == Speech::question || (order && grade.value <= 1);
      return {nothing ? std::uint8_t{0} : std::min<std::uint8_t>(grade.value, 1),
              "shares only names of code, or quotations"};
    }
    return grade;
  }

  // What is told beside orders counts as far as they point at it.
  Grade of_told(Grade grade, bool several) const {
    if (an_order_points())
      return nearest_is_artefact() ? Grade{0, works_elsewhere} : Grade{2, "is pointed at", several};
    if (all_orders(is_foreign)) {
      const bool artefact = std::ranges::any_of(orders_, is_elsewhere);
      return {artefact ? std::uint8_t{0} : std::uint8_t{1}, "is told beside another task"};
    }
    return grade;
  }

  // "The readme has this section. Shorten it": the last thing told before the order.
  bool nearest_is_artefact() const {
    const Piece* last = nullptr;
    for (const Piece& piece : pieces_) {
      if (piece.speech == Speech::order) break;
      if (piece.speech != Speech::question && piece.speech != Speech::ruled_out) last = &piece;
    }
    if (last == nullptr) return false;
    Words subject = last->words;  // "type hints are missing in the script that …"
    while (subject.end > subject.begin + 1 && hits_in(subject) > 0) --subject.end;
    return has_foreign_artefact(subject);
  }

  // The router knew the manifest by a concept, or by words of its body.
  Grade without_words() const {
    if (all_orders(is_elsewhere)) return {0, works_elsewhere};
    if (words_told() < 2 && !deed_.knows) return {2, hardly_known};
    if (deed_.knows) return {2, "no word in common; the manifest is there to be read"};
    const auto any = [&](Speech speech) {
      return std::ranges::any_of(pieces_, [&](const Piece& one) { return one.speech == speech; });
    };
    if (any(Speech::order) || any(Speech::fragment) || any(Speech::need)) return {2, no_word_ordered};
    if (any(Speech::question) || any(Speech::statement) || any(Speech::shown)) return {1, "no word in common"};
    return {0, "is ruled out"};
  }

  const std::vector<Piece>& pieces_;
  std::vector<Grade> orders_;
  bool is_ruled_out_ = false;
};

// What is read once for all answers to a message.
class Task {
 public:
  Task(const Router::State& state, const Query& query, const std::vector<AnsweredNeed>& answered)
      : state_(state), query_(query) {
    if (answered.size() == 1 && answered.front().answer->prompt.text.size() == query.text.size())
      prompt_ = &answered.front().answer->prompt;
  }

  // Why the message is met with silence whatever the points; empty: it is not.
  std::string_view why_silent(bool shipped_only) {
    if (only_tells() && !text_->message.has({0, text_->marks.size()}, roles::wrong)) return asks_for_nothing;
    if (!pasted_ && needs::is_thanks(text_->message, text_->marks, text_->language))
      return "thanks, which ask for nothing";
    if (!pasted_ && needs::is_mere_report(text_->message, text_->marks, text_->language))
      return "a report of what was read, is long over, or of when people meet, which asks for nothing";
    return shipped_only && !pasted_ && needs::is_small_edit(text_->message, text_->marks, text_->language)
               ? "a small edit of a line or a file, which needs no page"
               : "";
  }

  // A definition is no work, unless one of the named is there to tell it.
  bool only_asks_for_definition(const Answer& answer, std::size_t named) {
    read_message();
    if (pasted_ || !needs::asks_for_definition(text_->message, text_->marks, text_->language)) return false;
    return std::ranges::none_of(leading(answer.order, named),
                                [&](const Ranked& one) { return deed_at(one.entry).knows; });
  }

  const Fit& fit_of(const Answer& answer, std::uint32_t entry) {
    const auto [known, is_new] = fits_.try_emplace(entry);
    if (is_new) known->second = read(answer.scorer, entry);
    return known->second;
  }

 private:
  static constexpr std::string_view asks_for_nothing = "a long message that asks for nothing";

  // A story, a report, thanks, an opinion.
  bool only_tells() {
    constexpr std::size_t fewest = 40, most = 150;
    if (only_tells_) return *only_tells_;
    read_message();
    const std::size_t size = text_->marks.size();
    only_tells_ = !pasted_ && size >= fewest && size <= most &&
                  !needs::asks_for_anything(text_->message, text_->marks, text_->language);
    return *only_tells_;
  }

  Deed deed_at(std::uint32_t entry) {
    return deed_of(stemmer_, entry, state_.registry[ManifestId{state_.tables.entries[entry].manifest}]);
  }

  Fit read(const Scorer& scorer, std::uint32_t entry) {
    constexpr std::size_t longest = 60, short_ask = 16;
    if (only_tells()) return {entry, Fit::taken_back, false, asks_for_nothing};
    if (text_->marks.size() > longest) return {entry, no_grade, false, "a long message"};
    const Deed deed = deed_at(entry);
    const bool english = text_->language == "en" || deed.language == "en";
    const needs::IsAct is_act = [&](std::size_t word) { return has(deed.acts, text_->stems[word], english); };
    const std::vector<Piece> pieces = needs::pieces_of(text_->message, text_->marks, text_->language, is_act);
    if (pieces.empty()) return {entry, no_grade, false, "nothing is said"};
    const Fitting fitting(scorer, *text_, *prompt_, pieces, deed);
    Grade grade = fitting.grade();
    if (pasted_ && grade.value == 1 && text_->marks.size() <= short_ask)
      grade = {2, "what is pasted says what is asked"};
    if (pasted_ && grade.value > 0 && fitting.is_of_another_matter()) grade = {0, another_matter};
    if (deed.only_asked && grade.value > Fit::spoken_of && grade.value != no_grade && !fitting.orders_the_act())
      grade = {Fit::spoken_of, "serves only where its act is ordered"};
    grade.ordered = grade.ordered || (pasted_ && grade.value > 1 && text_->marks.size() <= short_ask);
    return {entry, grade.value, grade.ordered, grade.why, grade.order};
  }

  void read_message() {
    if (text_) return;
    const std::string_view language = language_code(query_.text);
    if (prompt_ == nullptr) prompt_ = &own_.emplace(read_prompt(state_.tables, query_.text, language == "en"));
    const std::vector<prompt::Part> parts = prompt::read_parts(query_.text);
    pasted_ = std::ranges::any_of(parts, [](const prompt::Part& part) {
      return part.kind != prompt::PartKind::said && part.kind != prompt::PartKind::quotation;
    });
    text_.emplace(stemmer_, query_.text, parts, language);
  }

  const Router::State& state_;
  const Query& query_;
  const Prompt* prompt_ = nullptr;
  std::optional<Prompt> own_;
  Stemmer stemmer_;
  std::optional<Text> text_;
  bool pasted_ = false;
  std::optional<bool> only_tells_;
  std::unordered_map<std::uint32_t, Fit> fits_;
};

// Another own manifest that an order of its own is for, by which none is named yet.
std::optional<Ranked> second_ordered(Task& task, const Answer& answer, std::size_t named) {
  constexpr std::size_t looked_at = 6;
  for (std::size_t i = 0; i < std::min(looked_at, answer.own.order.size()); ++i) {
    const Ranked& own = answer.own.order[i];
    if (answer.names(named, own.entry)) continue;
    const Fit fit = task.fit_of(answer, own.entry);
    if (fit.order == none || fit.grade < Fit::may_be_asked) continue;
    if (std::ranges::none_of(answer.fits,
                             [&](const Fit& other) { return other.order == fit.order || other.grade == no_grade; }))
      return own;
  }
  return std::nullopt;
}

void name_second(Task& task, Answer& answer, std::size_t named) {
  std::optional<Ranked> best = second_ordered(task, answer, named);
  if (!best) best = second_asked(answer, named);
  if (!best) return;
  const Fit fit = task.fit_of(answer, best->entry);
  answer.fits.push_back(fit);
  if (fit.grade != Fit::taken_back) answer.also.push_back(*best);
}

// Where a manifest is asked for, others that only have what stands beside the object take no lead from it.
void lead_over_spoken_of(Task& task, const Router::State& state, const Query& query, Answer& answer) {
  constexpr std::size_t looked_at = 5;
  const std::vector<Ranked>& own = answer.own.order;
  if (answer.decision != Decision::offer || own.size() < 2 || answer.order.front().entry != own.front().entry) return;
  if (answer.own.signals.lead >= answer.marks.lead || !answer.scorer.mentions().refused.empty()) return;
  const std::uint32_t first = own.front().entry;
  if (!covers_trigger(state.tables, answer, first) && task.fit_of(answer, first).grade != Fit::asked) return;
  const auto is_beside = [&](std::uint32_t entry) {
    const Fit& fit = task.fit_of(answer, entry);
    return fit.grade == Fit::taken_back || fit.why == only_subject || fit.why == beside_object ||
           fit.why == another_object;
  };
  std::size_t next = 1;
  while (next < std::min(looked_at, own.size()) && is_beside(own[next].entry)) ++next;
  if (next > 1) answer.lead_over(state.tables, query, next < own.size() ? own[next].score : 0);
}

// How far the own manifest at this place of the answer does what is asked.
Fit fit_of_named(Task& task, const Router::State& state, const Query& query, const Answer& answer, std::size_t at) {
  constexpr std::int64_t far_beyond = 200;  // points
  const std::uint32_t entry = answer.order[at].entry;
  const bool shipped_first = of_shipped(state.tables.entries[answer.order.front().entry]);
  if (covers_trigger(state.tables, answer, entry)) return {entry, no_grade, false, "says one of its triggers"};
  if (at == 0 && answer.signals.for_files != 0) return {entry, no_grade, false, "names the ending of a file"};
  Fit fit = task.fit_of(answer, entry);
  // A query plan names no word of the page that reads it: its kind does.
  if (fit.why == another_matter && is_known_by_concept(state.tables, answer, entry, enough_concepts))
    fit = {entry, Fit::may_be_asked, false, "what is pasted is of its kind"};
  if (fit.why == hardly_known && answer.scorer.concept_points(entry) == 0 &&
      shared_with(state.tables, shipped_learned(), answer.prompt, answer.scorer, entry).rare == 0)
    fit.grade = Fit::taken_back;
  // Behind a shipped one, concepts of the surroundings alone ("... for the billing service") name nothing.
  if (fit.why == no_word_ordered && at > 0 && shipped_first && answer.prompt.english) fit.grade = Fit::taken_back;
  if (fit.why == only_subject && at == 0 && answer.own.points >= answer.marks.load + far_beyond)
    fit.grade = Fit::may_be_asked;  // so much is hardly said of the subject alone
  if (fit.grade != Fit::taken_back && lacks_its_language(state.tables, answer, query.paths, entry))
    fit = {entry, Fit::spoken_of, false, "is about a language that nothing here is in"};
  if (explains_too_little(state.tables, answer, entry, fit.ordered))
    fit = {entry, Fit::taken_back, false, "shares too little of what is said"};
  return fit;
}

}  // namespace

void fit_to_task(const Router::State& state, const Query& query, std::vector<AnsweredNeed>& answered) {
  std::optional<Task> task;
  for (AnsweredNeed& one : answered) {
    Answer& answer = *one.answer;
    if (!answer.order.empty() && answer.scorer.is_lesson_of(answer.order.front().entry))
      answer.fits.push_back({answer.order.front().entry, Fit::asked, false, "is one of its lessons"});
    if (answer.signals.called != 0 || answer.prompt.harness) continue;
    const std::size_t named = answer.named(state.tables);
    if (may_be_ordered(answer, named)) {
      if (!task) task.emplace(state, query, answered);
      const Fit fit = task->fit_of(answer, answer.own.order.front().entry);
      if (fit.ordered && fit.grade >= Fit::may_be_asked &&
          !explains_too_little(state.tables, answer, fit.entry, true) &&
          !lacks_its_language(state.tables, answer, query.paths, fit.entry)) {
        answer.offer_own(query.caution, fit);
        continue;
      }
    }
    if (answer.decision == Decision::silence) continue;
    if (!task) task.emplace(state, query, answered);
    lead_over_spoken_of(*task, state, query, answer);
    const bool shipped_only = of_shipped(state.tables.entries[answer.order.front().entry]);
    if (const std::string_view why = task->why_silent(shipped_only); !why.empty()) {
      answer.fall_silent(state.tables, why);
      continue;
    }
    if (task->only_asks_for_definition(answer, answer.named(state.tables))) {
      answer.fall_silent(state.tables, "asks what a word means, which no manifest here is there to tell");
      continue;
    }
    for (std::size_t i = 0; i < named; ++i) {
      if (of_shipped(state.tables.entries[answer.order[i].entry])) continue;
      answer.fits.push_back(fit_of_named(*task, state, query, answer, i));
    }
    if (answer.fits.empty()) continue;
    answer.obey_fits(state.tables, query.caution);
    const std::size_t kept = answer.named(state.tables);
    if (answer.decision != Decision::silence && !of_shipped(state.tables.entries[answer.order.front().entry]))
      name_second(*task, answer, kept);
  }
}

}  // namespace cascade::route
