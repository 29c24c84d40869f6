// The weights of BM25's fields, applied when the index is built: a field's count is divided by how long the field is
// against a usual one, and fields are added before anything saturates, so a term has one number a turn. Usual lengths
// are constants and no averages of this person's logs: a turn's numbers must not depend on other turns, or every new
// log would change the whole index.
#include "recall/turn_terms.h"

#include <algorithm>

#include "facts/terms.h"
#include "route/vocabulary.h"
#include "text/ascii.h"

namespace cascade::past {
namespace {

// What a mention is worth in 16ths, and how many words such a part usually has.
struct Field {
  std::uint32_t worth, usual_words;
};
constexpr Field request{48, 20}, outcome{40, 60}, said{24, 80}, done{16, 120}, output{1, 250}, opening_words{14, 20};
// What a word is in English, or a concept, is worth in 16ths: as one mention beside others.
constexpr std::uint8_t meaning = 24;
constexpr std::size_t most_meant = 1'000, most_written = 4'000, most_output = 3'000, most_opening = 400;  // bytes read

}  // namespace

void each_file_key(std::string_view path, const std::function<void(std::uint32_t)>& see) {
  constexpr int most_names = 4;
  std::size_t begin = path.size();
  for (int names = 0; names < most_names && begin > 0; ++names) {
    const std::size_t slash = path.rfind('/', begin - 1);
    const std::size_t name = slash == std::string_view::npos ? 0 : slash + 1;
    if (name < begin) see(route::hash_of("file " + std::string(path.substr(name))));
    if (slash == std::string_view::npos) return;
    begin = slash;
  }
}

void TermReader::count(std::string_view text, Counts& counts) {
  route::WordReader reader(text);
  for (route::Word word; reader.next(word);) {
    const bool is_number = letters::is_digit(word.text.front());
    if (word.text.size() < 2 && !is_number) continue;
    const route::WordTerms::Known known = words_.read(word.text);
    if (known.term != route::none && tables_.class_of(known.term) == route::WordClass::function) continue;
    if (!word.inside && !word.pair) ++counts.words;
    const std::uint32_t key = is_number ? route::hash_of("#" + std::string(word.text))
                              : known.term == route::none
                                  ? known.stem
                                  : route::hash_of(tables_.read(tables_.terms[known.term].text));
    ++counts.by_key[key];
  }
}

void TermReader::add(const Counts& counts, std::uint32_t worth, std::uint32_t usual_words, TurnTerms& terms) {
  // A fifth of a field's worth is the same at any length, the rest falls with it.
  const std::uint32_t length = usual_words + 4 * counts.words;
  for (const auto& [key, count] : counts.by_key) {
    std::uint32_t& sum = sums_[key];
    sum += count * worth * 16 * 5 * usual_words / length;
    terms[key] = static_cast<std::uint8_t>(std::clamp<std::uint32_t>(sum / 16, 1, 255));
  }
}

void TermReader::add_meanings(std::string_view text, TurnTerms& terms) {
  const recall::Reading reading = recall::read_terms(tables_, text.substr(0, most_meant));
  for (const recall::Term& term : reading.terms)
    if (term.kind == recall::TermKind::lexicon || term.kind == recall::TermKind::word)
      terms.try_emplace(term.key, meaning);
}

TurnTerms TermReader::read(const Turn& turn, std::string_view opening) {
  TurnTerms terms;
  sums_.clear();
  const auto add_text = [&](std::string_view text, const Field& field) {
    Counts counts;
    count(text, counts);
    add(counts, field.worth, field.usual_words, terms);
  };
  add_text(turn.request, request);
  add_text(turn.outcome, outcome);
  add_text(turn.said, said);
  Counts of_done;
  for (const std::string& path : turn.paths) count(path, of_done);
  for (const std::string& line : turn.commands) count(line, of_done);
  for (const std::string& text : turn.written) count(std::string_view(text).substr(0, most_written), of_done);
  add(of_done, done.worth, done.usual_words, terms);
  Counts of_output;
  std::size_t left = most_output;
  for (const std::string_view text : turn.outputs) {
    count(text.substr(0, left), of_output);
    left -= std::min(left, text.size());
  }
  add(of_output, output.worth, output.usual_words, terms);
  if (turn.number > 0) add_text(opening.substr(0, most_opening), opening_words);
  add_meanings(turn.request, terms);
  add_meanings(turn.outcome, terms);
  for (const std::string& path : turn.paths) each_file_key(path, [&](std::uint32_t key) { terms[key] = 1; });
  return terms;
}

}  // namespace cascade::past
