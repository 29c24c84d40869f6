// BM25 over turns. Each word of the question speaks once, by the best of its terms that a turn has: the word itself,
// what it is in English, a synonym, a concept. What the turn before says counts a little, because the reason is often
// given there, and so does the best turn of the conversation.
#include "recall/search.h"

#include <algorithm>
#include <map>

#include "facts/meaning.h"
#include "facts/terms.h"
#include "files/file_tail.h"
#include "files/paths.h"
#include "route/records.h"
#include "secrets/find.h"

namespace cascade::past {
namespace {

// A term of one word of the question; `share` is per mille of what the word itself would say.
struct Term {
  std::uint32_t key, share;
};
// A word of the question with everything that it may be found by.
struct Asked {
  std::vector<Term> terms;
  std::uint32_t information = 0;  // in 64ths of a bit
};

constexpr std::uint32_t by_guess = 600, by_foreign = 900, by_synonym = 400, by_concept = 300;
constexpr std::uint64_t saturation = 24;  // 16ths of a mention: so many say half of what can be said

// A word that all turns have still counts a little, or a question of such words would find nothing.
std::uint32_t information_of(std::size_t turns, std::size_t having) {
  constexpr std::uint32_t least = 8, scale = 6 * 64;
  return std::max(recall::log2_64(64 * (std::uint64_t{turns} + 1) / (having + 1)), scale + least) - scale;
}

// The words that stand in a row of synonyms with this one.
void add_synonyms(const std::vector<recall::TopicWord>& rows, std::uint32_t stem, std::vector<Term>& terms) {
  const auto first = std::lower_bound(rows.begin(), rows.end(), stem,
                                      [](const recall::TopicWord& row, std::uint32_t key) { return row.stem < key; });
  for (auto row = first; row != rows.end() && row->stem == stem; ++row) {
    if (row->synonym == 0) continue;
    for (const recall::TopicWord& other : rows)
      if (other.topic == row->topic && other.stem != stem && other.asks == 0) terms.push_back({other.stem, by_synonym});
  }
}

std::vector<Asked> read_question(const route::Tables& tables, const std::string& words) {
  const recall::Reading reading = recall::read_terms(tables, words);
  const std::vector<recall::TopicWord> rows = recall::topic_words();
  std::map<std::uint32_t, Asked> by_position;
  for (const recall::Term& term : reading.terms) {
    std::vector<Term>& terms = by_position[term.position].terms;
    switch (term.kind) {
      case recall::TermKind::word:
        terms.push_back({term.key, term.weight});
        add_synonyms(rows, term.key, terms);
        break;
      case recall::TermKind::guess: terms.push_back({term.key, by_guess}); break;
      case recall::TermKind::foreign: terms.push_back({term.key, by_foreign}); break;
      case recall::TermKind::lexicon: terms.push_back({term.key, by_concept}); break;
      default: break;
    }
  }
  std::vector<Asked> asked;
  for (auto& [position, one] : by_position)
    if (!one.terms.empty()) asked.push_back(std::move(one));
  return asked;
}

// By turn: 1 if the question's bounds leave it.
std::vector<std::uint8_t> visible_turns(const Index& index, const Question& question) {
  std::vector<std::uint8_t> visible(index.turns().size, question.file.empty() ? 1 : 0);
  if (!question.file.empty())
    for (const Posting& one : index.postings_of(route::hash_of("file " + question.file))) visible[one.turn] = 1;
  for (std::size_t i = 0; i < visible.size(); ++i) {
    const TurnRecord& turn = index.turns()[i];
    if (turn.log >= index.logs().size) visible[i] = 0;
    if (visible[i] == 0) continue;
    const LogRecord& log = index.logs()[turn.log];
    const bool is_asked =
        (question.client.empty() || index.read(log.client) == question.client) &&
        (question.but.empty() || index.read(log.session) != question.but) &&
        (question.since == 0 || turn.at >= question.since) && (question.until == 0 || turn.at < question.until) &&
        (question.folder.empty() || files::is_within(question.folder, std::string(index.read(log.folder))));
    visible[i] = is_asked ? 1 : 0;
  }
  return visible;
}

class Searcher {
 public:
  Searcher(const Index& index, const Question& question)
      : index_(index), question_(question), scores_(index.turns().size), met_(index.turns().size) {}

  void read(Asked& asked) {
    std::vector<std::uint32_t> best(index_.turns().size);
    std::vector<std::uint32_t> touched;
    for (const Term& term : asked.terms) {
      const std::vector<Posting> postings = index_.postings_of(term.key);
      if (postings.empty()) continue;
      const std::uint32_t information = information_of(index_.turns().size, postings.size());
      if (term.share == 1000 || asked.information == 0) asked.information = std::max(asked.information, information);
      for (const Posting& one : postings) {
        const std::uint64_t worth = std::uint64_t{one.worth} * 1000 / (one.worth + saturation);
        const auto says = static_cast<std::uint32_t>(information * worth / 1000 * term.share / 1000);
        if (best[one.turn] == 0) touched.push_back(one.turn);
        best[one.turn] = std::max(best[one.turn], says);
      }
    }
    // A word that nobody said would have told most.
    if (asked.information == 0) asked.information = information_of(index_.turns().size, 0);
    information_ += asked.information;
    for (const std::uint32_t turn : touched) {
      scores_[turn] += best[turn];
      met_[turn] += std::min(asked.information, 2 * best[turn]);
    }
  }

  std::vector<Passage> take() {
    const std::vector<std::uint8_t> visible = visible_turns(index_, question_);
    std::vector<Passage> found;
    for (std::uint32_t turn = 0; turn < scores_.size(); ++turn) {
      if (visible[turn] == 0 || scores_[turn] == 0) continue;
      const std::uint32_t share = information_ == 0 ? 0 : met_[turn] * 1000 / information_;
      std::uint64_t score = std::uint64_t{scores_[turn]} * (500 + share / 2) / 1000;
      if (const std::uint32_t before = before_of(turn); before != turn) score += scores_[before] / 8;
      found.push_back({turn, static_cast<std::uint32_t>(score), share, Certainty::possible});
    }
    add_conversations(found);
    const std::size_t count = std::min(question_.most, found.size());
    std::partial_sort(
        found.begin(), found.begin() + static_cast<std::ptrdiff_t>(count), found.end(),
        [](const Passage& a, const Passage& b) { return a.score != b.score ? a.score > b.score : a.turn > b.turn; });
    found.resize(count);
    judge(found);
    return found;
  }

 private:
  std::uint32_t before_of(std::uint32_t turn) const {
    return turn > 0 && index_.turns()[turn - 1].log == index_.turns()[turn].log ? turn - 1 : turn;
  }

  void add_conversations(std::vector<Passage>& found) const {
    std::vector<std::uint32_t> best(index_.logs().size);
    for (const Passage& one : found) {
      const std::uint32_t log = index_.turns()[one.turn].log;
      if (log < best.size()) best[log] = std::max(best[log], one.score);
    }
    for (Passage& one : found)
      if (const std::uint32_t log = index_.turns()[one.turn].log; log < best.size()) one.score += best[log] / 8;
  }

  // Half of what the question says is not enough: another conversation that has nearly as much of it may be meant. Of
  // 100 questions 49 are certain, all of the right conversation, and none of 30 about what never was.
  void judge(std::vector<Passage>& found) const {
    constexpr std::uint64_t sure_share = 500, sure_rival = 600, likely_share = 400, likely_rival = 850;
    for (Passage& one : found) {
      std::uint64_t rival = 0;  // the best of another conversation, per mille of this one
      for (const Passage& other : found)
        if (index_.turns()[other.turn].log != index_.turns()[one.turn].log)
          rival = std::max(rival, std::uint64_t{other.score} * 1000 / std::max(one.score, 1U));
      one.certainty = one.share >= sure_share && rival <= sure_rival       ? Certainty::certain
                      : one.share >= likely_share && rival <= likely_rival ? Certainty::likely
                                                                           : Certainty::possible;
    }
  }

  const Index& index_;
  const Question& question_;
  std::vector<std::uint32_t> scores_, met_;  // by turn
  std::uint32_t information_ = 0;
};

std::string shown(const std::string& text) { return secrets::redacted(text).text; }

std::vector<std::string> shown_once(const std::vector<std::string>& texts) {
  std::vector<std::string> all;
  for (const std::string& one : texts)
    if (std::string text = shown(one); std::ranges::find(all, text) == all.end()) all.push_back(std::move(text));
  return all;
}

// The turn as its log has it now. A document has to be read whole, of other logs the turn's bytes are enough.
Result<Turn> turn_of(const transcript::Format& format, const std::string& path, const TurnRecord& record) {
  const std::uint64_t begin = format.is_document ? 0 : record.begin;
  auto bytes = files::read_from(path, begin, record.end - begin);
  if (!bytes) return bytes.error();
  Conversation conversation = read_conversation(format, *bytes);
  const std::size_t place = format.is_document ? record.number : 0;
  if (place >= conversation.turns.size() || conversation.turns[place].at != record.at)
    return Error{ErrorCode::stale, "the log was written anew", path, "ask again: the index is being renewed"};
  Turn turn = std::move(conversation.turns[place]);
  turn.outputs.clear();  // they point into the bytes
  turn.number = record.number;
  return turn;
}

}  // namespace

std::vector<Passage> search(const Index& index, const route::Tables& tables, const Question& question) {
  std::vector<Asked> asked = read_question(tables, question.words);
  Searcher searcher(index, question);
  for (Asked& one : asked) searcher.read(one);
  return searcher.take();
}

bool says_anything(const route::Tables& tables, const std::string& words) {
  const std::vector<Asked> asked = read_question(tables, words);
  return std::ranges::any_of(asked, [](const Asked& one) {
    return std::ranges::any_of(one.terms, [](const Term& term) { return term.share >= by_guess; });
  });
}

std::vector<Passage> latest(const Index& index, const Question& question) {
  const std::vector<std::uint8_t> visible = visible_turns(index, question);
  std::vector<Passage> found;
  for (std::uint32_t turn = 0; turn < visible.size(); ++turn) {
    if (visible[turn] == 0) continue;
    if (!found.empty() && index.turns()[found.back().turn].log == index.turns()[turn].log) found.pop_back();
    found.push_back({turn});
  }
  std::ranges::stable_sort(
      found, [&](const Passage& a, const Passage& b) { return index.turns()[a.turn].at > index.turns()[b.turn].at; });
  found.resize(std::min(found.size(), question.most));
  return found;
}

Result<Told> read_turn(const Index& index, std::uint32_t turn) {
  const Error gone{ErrorCode::not_found, "there is no such turn", {}, "cascade recall WORDS"};
  if (turn >= index.turns().size) return gone;
  const TurnRecord& record = index.turns()[turn];
  if (record.log >= index.logs().size) return gone;
  const LogRecord& log = index.logs()[record.log];
  const transcript::Format* const format = transcript::format_of(index.read(log.client));
  if (format == nullptr) return gone;
  Told told;
  told.turn = turn;
  told.client = index.read(log.client);
  told.session = index.read(log.session);
  told.folder = index.read(log.folder);
  told.log = index.read(log.path);
  told.number = record.number;
  told.at = record.at;
  const auto read = turn_of(*format, told.log, record);
  if (!read) return read.error();
  told.request = shown(read->request);
  told.said = shown(read->said);
  told.outcome = shown(read->outcome);
  told.files = shown_once(read->paths);
  told.commands = shown_once(read->commands);
  told.resume = std::string(format->resume) + told.session;
  if (record.number > 0 && log.first_turn < turn)
    if (const auto first = turn_of(*format, told.log, index.turns()[log.first_turn]))
      told.opening = shown(first->request);
  return told;
}

}  // namespace cascade::past
