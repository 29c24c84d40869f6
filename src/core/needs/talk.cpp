// Messages that no manifest is wanted for, by their structure: thanks, reports of what is over, definitions.

#include "needs/message.h"
#include "text/word_set.h"

namespace cascade::needs {
namespace {

constexpr std::size_t longest_talk = 12;  // words that are told beside thanks

// "That looks great": "that" reads like the head of a relative clause.
bool is_told(const Piece& piece) { return piece.speech == Speech::statement || piece.speech == Speech::aside; }

bool is_greeting(const Message& message, const Piece& piece) {
  return static_cast<bool>(message.row_at(piece.words, roles::greets));
}

// "Great work", "thank you so much for the help".
bool is_praise(const Message& message, Words words) {
  constexpr Roles small = roles::determiner | roles::preposition | roles::adverb | roles::politeness | roles::subject |
                          roles::joins | roles::pointing;
  bool praises = false;
  for (std::size_t i = words.begin; i < words.end;) {
    const Row row = message.row_at({i, words.end}, roles::thanked | roles::praised);
    praises = praises || (row.roles & roles::thanked) != 0;
    if (!row && !message.is(i, small)) return false;
    i += std::max<std::size_t>(row.size, 1);
  }
  return praises;
}

// "Everything is fine", "that looks great", and nothing beside it.
bool is_content(const Message& message, Words words) {
  constexpr std::size_t most = 8;
  if (words.size() > most) return false;
  return message.has(words, roles::settled) ||
         (message.is(words.begin, roles::subject | roles::pointing) && message.has(words, roles::thanked));
}

// "But the coupon …", ", now the login test": goes on to something else.
bool takes_up(const Message& message, Words words) {
  for (std::size_t i = words.begin; i < words.end; ++i) {
    if ((prompt::roles_of(message.text_of(i)) & prompt::roles::contrast) != 0) return true;
    const bool joint = message.is(i, roles::joins) && !message.is(i, roles::between);
    if (joint && (i == words.begin || message[i - 1].comma) && i + 2 < words.end &&
        !message.is(i + 1, roles::preposition))
      return true;
  }
  return false;
}

bool ends_sentence(const Message& message, Words words) {
  const Word& last = message[words.end - 1];
  return last.mark != 0 && last.mark != ':';
}

bool begins_with_thanks(const Message& message, std::size_t size) {
  constexpr std::size_t looked_at = 3;
  for (std::size_t i = 0; i < std::min(looked_at, size); ++i)
    if (const Row row = message.row_at({i, size}, roles::thanked)) {
      const std::size_t last = i + row.size - 1;
      if (message[last].comma || message[last].mark != 0 || last + 1 == size) return true;
    }
  return false;
}

bool is_time(const Message& message, const std::vector<Marks>& marks, std::size_t word) {
  return marks[word].number || message.is(word, roles::adverb) ||
         letters::is_one_of(message.text_of(word), {"oclock", "noon", "midnight", "week", "month"});
}

// "Our meeting about the GDPR is at three o'clock".
bool tells_when(const Message& message, const std::vector<Marks>& marks, Words words) {
  constexpr std::size_t near = 3;
  std::size_t at = words.begin;
  while (at < std::min(words.begin + near, words.end) && !message.is(at, roles::event)) ++at;
  if (at >= std::min(words.begin + near, words.end)) return false;
  for (std::size_t i = at + 1; i + 1 < words.end; ++i) {
    if (!letters::is_one_of(message.text_of(i), {"is", "was", "starts", "started", "begins", "ends"})) continue;
    if (!message.is(i + 1, roles::preposition) && !is_time(message, marks, i + 1)) return false;
    if (Words{i + 1, words.end}.any([&](std::size_t word) { return is_time(message, marks, word); })) return true;
  }
  return false;
}

// "We had a memory leak last year", and not "nobody has tried it since last year".
bool is_long_over(const Message& message, Words words) {
  if (words.size() < 3 || !letters::is_one_of(message.text_of(words.begin + 1), {"had", "used", "saw"})) return false;
  for (std::size_t i = words.begin + 2; i < words.end; ++i)
    if (message.row_at({i, words.end}, roles::long_ago)) return message.text_of(i - 1) != "since";
  return false;
}

}  // namespace

bool is_thanks(const Message& message, const std::vector<Marks>& marks, std::string_view language) {
  if (message.has({0, marks.size()}, roles::wrong)) return false;
  const std::vector<Piece> pieces = pieces_of(message, marks, language);
  const auto praises = [&](const Piece& piece) { return is_praise(message, piece.words); };
  if (std::ranges::all_of(pieces, praises)) return !pieces.empty();
  if (!begins_with_thanks(message, marks.size())) return false;
  bool beside = true, talked = false;  // the sentence of the thanks goes on; something was told
  for (const Piece& piece : pieces) {
    const Words words = piece.words;
    const bool told = is_told(piece), content = is_content(message, words);
    const bool tells = (told || piece.speech == Speech::fragment) && !takes_up(message, words);
    const bool first = words.size() <= longest_talk && (!talked || message.is(words.begin, roles::between));
    if (!praises(piece)) {
      if (!is_greeting(message, piece) && !(tells && (content || (beside && first)))) return false;
      talked = talked || told || is_greeting(message, piece) || message.has(words, roles::settled);
    }
    beside = beside && !ends_sentence(message, words);
  }
  return talked;
}

bool is_mere_report(const Message& message, const std::vector<Marks>& marks, std::string_view language) {
  constexpr std::size_t most = 18, near = 4;
  if (marks.empty() || marks.size() > most || message[marks.size() - 1].mark == '?') return false;
  const Piece* told = nullptr;
  const std::vector<Piece> pieces = pieces_of(message, marks, language);
  for (const Piece& piece : pieces) {
    if (is_greeting(message, piece) || is_praise(message, piece.words)) continue;
    if (told != nullptr || piece.speech != Speech::statement) return false;
    told = &piece;
  }
  if (told == nullptr) return false;
  Words words = told->words;
  while (words.size() > 1 && message.is(words.begin, roles::joins | roles::adverb)) ++words.begin;
  for (std::size_t i = words.begin; i < words.end; ++i)  // "... and our passwords are hashed with it"
    if (message.is(i, roles::joins) && message.has({i + 1, words.end}, roles::aux | roles::finite)) return false;
  if (tells_when(message, marks, words)) return true;
  if (!message.is(words.begin, roles::subject)) return false;
  if (is_long_over(message, words)) return true;
  for (std::size_t i = words.begin + 1; i < std::min(words.begin + near, words.end); ++i)
    if (message.row_at({i, words.end}, roles::read_of)) return !message.has(words, roles::wrong);
  return false;
}

bool asks_for_definition(const Message& message, const std::vector<Marks>& marks, std::string_view language) {
  constexpr std::size_t most = 4;
  constexpr Roles matter = roles::determiner | roles::pointing | roles::subject | roles::preposition | roles::wrong |
                           roles::aux | roles::finite | roles::adverb | roles::joins | roles::question;
  const auto text = [&](std::size_t word) { return message.text_of(word); };
  const std::size_t size = marks.size();
  if (size < 2 || language != "en" ||
      std::ranges::any_of(marks, [](const Marks& word) { return word.code || word.number || word.quoted; }))
    return false;
  Words rest{size, size};
  if (text(0) == "whats") rest.begin = 1;
  if (text(0) == "what" && letters::is_one_of(text(1), {"is", "are", "does"})) rest.begin = 2;
  if (text(0) == "what" && text(1) == "does") {  // "what does WCAG stand for"
    if (text(size - 1) != "mean" && text(size - 1) != "for") return false;
    rest.end -= text(size - 1) == "for" ? 2 : 1;
  }
  if (!rest.empty() && letters::is_one_of(text(rest.begin), {"a", "an"})) ++rest.begin;
  if (rest.empty() || rest.size() > most) return false;
  for (std::size_t i = rest.begin; i < rest.end; ++i)
    if (message.is(i, matter) || (i + 1 < size && (message[i].mark != 0 || message[i].comma)) ||
        letters::is_one_of(text(i), {"best", "better", "good", "right", "going", "left", "happening", "possible"}))
      return false;
  return true;
}

}  // namespace cascade::needs
