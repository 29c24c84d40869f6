// Sentences are cut at commas, colons and dashes, before a joint behind which something opens, before what shuts a
// clause off, and before a polite question behind that. Of each piece the first reading that holds counts: ruled out,
// an order by its polite form, shown, shut off, a question, an order by its verb, a wish about a subject, a statement.
// A piece without a verb belongs to the one before it.
#include "needs/message.h"

#include "text/word_set.h"

namespace cascade::needs {
namespace {

using letters::is_one_of;

bool is_inflected(std::string_view word) {
  const auto ends = [&](std::string_view ending) { return word.size() > ending.size() && word.ends_with(ending); };
  return ends("ed") || ends("ing") || (ends("s") && !ends("ss"));
}

bool is_particle(std::string_view word) {
  return is_one_of(word, {"out", "up", "in", "over", "back", "off", "down", "away", "on", "through"});
}

// "Losing data", "downtime" behind "without": what the work must not cost is a condition of it.
bool is_condition(const Message& message, Words words) {
  constexpr std::size_t looked_at = 3;
  while (words.size() > 1 && message.is(words.begin, roles::determiner)) ++words.begin;
  for (std::size_t i = words.begin; i < std::min(words.end, words.begin + looked_at); ++i) {
    if (i != words.begin && message.is(i, roles::joins | roles::preposition)) return false;
    if ((prompt::roles_of(message.text_of(i)) & prompt::roles::loss) != 0) return true;
  }
  return false;
}

class Look {
 public:
  Look(const Message& message, const std::vector<Marks>& marks, std::string_view language, const IsAct& is_act)
      : message_(message),
        marks_(marks),
        english_(language == "en"),
        german_(language == "de"),
        romance_(is_one_of(language, {"es", "pt", "it"})),
        is_act_(is_act) {}

 protected:
  // A row that begins with the first of the words.
  std::size_t row(Words words, Roles roles) const { return message_.row_at(words, roles).size; }
  bool is(std::size_t word, Roles roles) const { return message_.is(word, roles); }
  std::string_view text(std::size_t word) const { return message_.text_of(word); }
  static Words behind(Words words, std::size_t count) { return {std::min(words.begin + count, words.end), words.end}; }

  bool ends_sentence(std::size_t word) const {
    const char mark = message_[word].mark;
    return mark == '.' || mark == '!' || mark == '?' || mark == ';';
  }

  Words without_joints(Words words) const {
    while (words.size() > 1)
      if (const std::size_t joint = row(words, roles::joins); joint != 0 && joint < words.size())
        words.begin += joint;
      else
        break;
    return words;
  }

  bool is_plural(std::size_t word) const {
    const std::string_view own = text(word);
    return own.size() > 3 && own.back() == 's' && own[own.size() - 2] != 's';
  }

  bool is_verb(Words words, bool inside = false) const {
    if (words.empty() || marks_[words.begin].quoted) return false;
    const Words rest = behind(words, 1);
    const bool next = !rest.empty();
    if (const std::size_t acts = row(words, roles::code_act); acts != 0)
      if (row(behind(words, acts), roles::determiner) != 0) return true;
    if (marks_[words.begin].code || marks_[words.begin].number) return false;
    constexpr Roles closed = roles::determiner | roles::subject | roles::preposition | roles::aux | roles::finite |
                             roles::pointing | roles::question | roles::aside | roles::joins | roles::needed;
    if (english_ && next && text(words.begin) == "do" && is(rest.begin, roles::determiner)) return true;
    if (is(words.begin, closed & ~roles::finite) || (is(words.begin, roles::finite) && !is(words.begin, roles::acts)))
      return false;
    if (is_one_of(text(words.begin), {"there", "here"}) || (next && is(rest.begin, roles::aux))) return false;
    if (is(words.begin, roles::informs | roles::light)) return true;
    if (english_ && is_plural(words.begin) && !is(words.begin, roles::acts)) return false;
    if (row(words, roles::verb) != 0) return next || !inside;
    const bool before_thing = next && has_object(rest.begin);
    if (is(words.begin, roles::noun_too))
      return next && (before_thing || is_act_(words.begin) ||
                      is_one_of(text(rest.begin), {"if", "whether", "that", "how", "what", "why"}));
    if (is_act_(words.begin) && !(english_ && is_inflected(text(words.begin))))
      return inside ? before_thing : !next || text(rest.begin) != "of";
    // A word before a determiner heads the clause, with "mir" or "mal" between.
    if (!next || marks_[words.begin].name || is(words.begin, roles::wrong) ||
        (english_ && is_inflected(text(words.begin))))
      return false;
    return is(rest.begin, roles::determiner) || (german_ && rest.size() > 1 && is_between_verb_and_object(rest));
  }
  bool is_between_verb_and_object(Words words) const {
    return is_one_of(text(words.begin), {"mir", "uns", "mal", "bitte", "doch", "eben"}) &&
           is(words.begin + 1, roles::determiner | roles::adverb);
  }
  bool is_infinitive(std::size_t word) const {  // German; not the first word
    const std::string_view own = text(word);
    return own.size() > 5 && (own.ends_with("en") || own.ends_with("eln") || own.ends_with("ern")) &&
           !marks_[word].name && !marks_[word].code && !marks_[word].quoted &&
           !is(word - 1, roles::determiner | roles::preposition | roles::aux);
  }
  bool has_object(std::size_t word) const {
    const Marks& marks = marks_[word];
    return marks.number || marks.code || marks.name || is(word, roles::determiner | roles::pointing);
  }

  bool opens_clause(Words words) const {
    if (words.empty()) return false;
    if (row(words, roles::rules_out | roles::ready | roles::ask | roles::wish | roles::question) != 0) return true;
    if (is(words.begin, roles::subject) && words.size() > 1 && !is(words.begin + 1, roles::preposition)) return true;
    if (is_verb(words, true)) return true;
    return english_ && words.size() > 1 && is_inflected(text(words.begin)) && is_act_(words.begin) &&
           is(words.begin + 1, roles::determiner);
  }

  bool is_finite(Words words) const {
    if (is(words.begin, roles::subject) && words.size() > 1) return true;
    for (std::size_t i = words.begin + 1; i < words.end; ++i) {
      if (marks_[i].quoted || is(i - 1, roles::determiner)) continue;
      if (is(i, roles::aux | roles::finite)) return true;
      const bool s_or_ed = text(i).size() > 3 && (is_plural(i) || text(i).ends_with("ed"));
      if (english_ && s_or_ed && i + 1 < words.end && !is(i - 1, roles::preposition) && is_known_verb(i)) return true;
      if (german_ && text(i).back() == 't' && !is(i, roles::preposition) && i + 1 < words.end &&
          is(i + 1, roles::determiner))
        return true;
      if (german_ && i + 1 < words.end && !marks_[i].name && is_third_person(text(i))) return true;
      if (romance_ &&
          (is_past(i) || (i > words.begin + 1 && is(words.begin, roles::determiner) && is_present(i, words))))
        return true;
    }
    return false;
  }
  // "mandé", "envió": a stress on the last letter.
  bool is_past(std::size_t word) const {
    const std::string_view own = message_.raw(word);
    return own.size() > 4 && (own.find("\xC3\xA9", own.size() - 3) != std::string_view::npos ||
                              own.find("\xC3\xB3", own.size() - 3) != std::string_view::npos);
  }
  // "mi compañero responde a …", "la sonda marca 12": behind a noun, before an object.
  bool is_present(std::size_t word, Words words) const {
    constexpr Roles closed = roles::determiner | roles::preposition | roles::adverb | roles::joins | roles::wrong;
    const std::string_view own = text(word);
    const bool form =
        own.size() > 3 && (own.back() == 'a' || own.back() == 'e' || own.ends_with("an") || own.ends_with("en"));
    return form && word + 1 < words.end && !marks_[word].name && !is(word, closed) && !is(word - 1, closed) &&
           (has_object(word + 1) || text(word + 1) == "a");
  }
  static bool is_third_person(std::string_view word) {  // German, "steht", "liegt": as few nouns end
    if (word.starts_with("ge")) return false;
    for (const std::string_view ending :
         {"eht", "iegt", "egt", "ommt", "tet", "nnt", "hlt", "uhrt", "ibt", "mmt", "allt", "lgt"})
      if (word.ends_with(ending)) return true;
    return false;
  }
  bool has_subject(Words words) const {
    return is(words.begin, roles::subject) || is_one_of(text(words.begin), {"were", "im", "its", "theyre"});
  }
  bool has_please(Words words) const {
    return words.any([&](std::size_t i) {
      return is_one_of(text(i), {"please", "pls", "bitte", "svp", "stp", "prosze"});
    });
  }
  bool is_known_verb(std::size_t word) const { return is_act_(word) || is_verb_form(text(word)); }

  const Message& message_;
  const std::vector<Marks>& marks_;
  const bool english_, german_, romance_;
  const IsAct& is_act_;
};

class PieceReader : protected Look {
 public:
  using Look::Look;

  // `begins`: no piece stands before it in the message.
  Piece read_piece(Words words, bool asked, bool last, bool begins) const {
    Words own = words;
    while (own.size() > 1 && !marks_[own.begin].quoted && row(own, roles::rules_out) == 0) {
      const std::size_t joint = row(own, roles::joins);
      const bool polite = is_one_of(text(own.begin), {"please", "pls", "bitte", "svp", "stp"});
      if ((joint == 0 && !polite) || row(own, roles::ask) > 1) break;
      own.begin += std::min(std::max<std::size_t>(joint, 1), own.size() - 1);
    }
    if (is_ruled_out(own)) return {Speech::ruled_out, words, no_word, {}, {}};
    for (std::size_t k = 0; k < std::min<std::size_t>(5, own.size()); ++k)
      if (const std::size_t ready = row(behind(own, k), roles::ready); ready != 0 && (k == 0 || has_subject(own)))
        return order(words, behind(own, k + ready));
    if (const Row opens = message_.row_at(own, roles::ask | roles::wish)) return order_behind(words, own, opens);
    if (row(own, roles::shown) != 0) return {Speech::shown, words, no_word, {}, {}};
    if (asks_advice(own)) return {Speech::order, words, no_word, {own.begin, own.begin}, own};
    const bool questions = is_question(own, asked), shuts_off = row(own, roles::aside) != 0 && !asked;
    if ((shuts_off && !(questions && begins)) || (row(own, roles::aside) != 0 && !last && !questions))
      return {Speech::aside, words, no_word, {}, {}};
    if (questions) return {Speech::question, words, no_word, {}, {}};
    if (is_verb(own)) return order(words, own);
    for (std::size_t k = 1; k < own.size() && !asked; ++k)
      if (const std::size_t must = row(behind(own, k), roles::must_be); must != 0)
        return wish_about(words, own, k, must);
    if (asked && last) return {Speech::question, words, no_word, {}, {}};
    if (has_please(words)) return free_order(words, own);
    for (std::size_t k = 1; k < std::min<std::size_t>(6, own.size()); ++k)
      if (row(behind(own, k), roles::needed) != 0 && own.size() > k + 1 && !marks_[own.begin].quoted &&
          !(english_ && is_one_of(text(own.begin + k - 1), {"you", "it"})))
        return {Speech::need, words, no_word, behind(own, k + 1), {}};
    if (is_finite(own)) return {Speech::statement, words, no_word, {}, {}};
    if (const std::size_t act = infinitive_in(own); act != no_word)
      return {Speech::order, words, act, {own.begin, act}, {act + 1, own.end}};
    return {Speech::fragment, words, no_word, {}, {}};
  }

 protected:
  // "den Termin vorbereiten", "Soll-Ist zusammenstellen für den Polier": behind its object, before a preposition or the
  // end, and in small letters, as no noun is written where any capital stands.
  std::size_t infinitive_in(Words words) const {
    if (!german_ || has_subject(words)) return no_word;
    for (std::size_t i = words.begin + 1; i < words.end; ++i)
      if ((i + 1 == words.end || is(i + 1, roles::preposition)) && is_infinitive(i)) return i;
    return no_word;
  }

  bool is_ruled_out(Words words) const {
    if (const std::size_t refusal = row(words, roles::rules_out); refusal != 0)
      return !(is_one_of(text(words.begin), {"without", "no"}) && is_condition(message_, behind(words, refusal))) &&
             !(text(words.begin) == "no" && words.size() > 1 && is_one_of(text(words.begin + 1), {"longer", "idea"}));
    const bool subject = is(words.begin, roles::subject);
    bool negated = false, finite = false;
    for (std::size_t i = words.begin; i < words.end; ++i) {
      negated = negated || is_one_of(text(i), {"nicht", "nichts", "kein", "keine", "keinen"});
      if (subject && negated && german_ && is_one_of(text(words.begin), {"du", "ihr"}) && words.size() < 8) return true;
      finite = finite || is(i, roles::aux | roles::finite);
      if (subject && i > words.begin && i < words.begin + 4 && english_ && row({i, words.end}, roles::undone) != 0)
        return true;
    }
    return german_ && negated && !finite && !subject;
  }

  // "What do I change", "was muss ich alles laden", "cuánto cobre pongo".
  bool asks_advice(Words words) const {
    constexpr std::string_view asked[] = {"what", "which", "was",    "wen",    "welche",  "welchen", "wieviel", "que",
                                          "quoi", "quel",  "cuanto", "cuanta", "cuantos", "cuantas", "quanto",  "cosa"};
    if (words.size() < 2 || !is_one_of(text(words.begin), asked)) return false;
    const Words near{words.begin + 1, std::min(words.begin + 5, words.end)};
    return near.any([&](std::size_t i) { return row({i, words.end}, roles::advice) != 0; });
  }

  bool is_question(Words words, bool asked) const {
    if (row(words, roles::question) != 0)
      return asked || !english_ || !is_one_of(text(words.begin), {"have", "has", "do", "does", "did", "was", "were"});
    if (!is(words.begin, roles::aux)) return false;
    return asked || is_one_of(text(words.begin), {"is", "are", "isnt", "arent", "doesnt"});
  }

  Piece order_behind(Words words, Words own, Row opens) const {
    const Words rest = behind(own, opens.size);
    const bool wishes = (opens.roles & roles::wish) != 0, to = english_ && !rest.empty() && text(rest.begin) == "to";
    if (wishes && english_ && !to && text(rest.begin - 1) != "to") return with_object(words, no_word, rest);
    return order(words, to ? behind(rest, 1) : rest);
  }

  // "the field should be called …", "there should be …": the act follows, the subject is the object.
  Piece wish_about(Words words, Words own, std::size_t at, std::size_t must) const {
    const Words rest = behind(own, at + must);
    if (is_one_of(text(own.begin), {"there", "es"})) return with_object(words, no_word, rest);
    Piece piece{Speech::order, words, rest.empty() ? no_word : rest.begin, {own.begin, own.begin + at}, {}};
    piece.rest = behind(rest, 1);
    return piece;
  }

  Piece order(Words words, Words own) const {
    while (own.size() > 1 && is(own.begin, roles::politeness | roles::adverb | roles::joins) &&
           !is(own.begin, roles::verb))
      ++own.begin;
    while (own.size() > 1 && is_one_of(text(own.begin), {"me", "us", "mir", "uns", "moi", "nous", "nos"})) ++own.begin;
    if (own.empty()) return {Speech::order, words, no_word, {}, {}};
    if (row(own, roles::rules_out) != 0) return {Speech::ruled_out, words, no_word, {}, {}};
    if (is(own.begin, roles::informs) && !is_act_(own.begin)) return {Speech::question, words, no_word, {}, {}, true};
    if (german_ && !is_verb(own)) return free_order(words, own);
    std::size_t at = 1;
    while (at + 1 < own.size() && is_particle(text(own.begin + at)) &&
           (has_object(own.begin + at + 1) || is(own.begin + at + 1, roles::question)))
      ++at;
    return with_object(words, own.begin, behind(own, at));
  }

  // No verb at its head: an infinitive at the end may be the act, and the rest is the object.
  Piece free_order(Words words, Words own) const {
    while (own.size() > 1 && is(own.end - 1, roles::politeness | roles::adverb)) --own.end;
    const bool verb = own.size() > 1 && is_infinitive(own.end - 1) && german_;
    return with_object(words, verb ? own.end - 1 : no_word, own);
  }

  Piece with_object(Words words, std::size_t act, Words own) const {
    Piece piece{Speech::order, words, act, own, {own.end, own.end}};
    if (german_ && !own.empty() && is(own.begin, roles::preposition))
      for (std::size_t i = own.begin + 1; i + 1 < own.end; ++i)
        if (marks_[i].name) {
          piece.object.begin = i + 1;
          break;
        }
    for (std::size_t i = piece.object.begin; i < own.end; ++i) {
      const bool begins = i == piece.object.begin;
      if ((begins && is(i, roles::determiner)) || marks_[i].quoted) continue;
      const bool ends = is(i, roles::preposition) || row({i, own.end}, roles::aside) != 0;
      if (ends && begins && english_ && is_one_of(text(i), {"over", "up", "through", "to", "for", "out"})) continue;
      if (!ends && (begins || !is(i, roles::joins) || !opens_clause({i + 1, own.end}))) continue;
      piece.object.end = piece.rest.begin = i;
      break;
    }
    return piece;
  }
};

class PieceCutter : private PieceReader {
 public:
  using PieceReader::PieceReader;

  std::vector<Piece> read() {
    for (const Line& line : message_.lines())
      for (std::size_t begin = line.words.begin; begin < line.words.end;) {
        std::size_t end = begin + 1;
        while (end < line.words.end && (marks_[end - 1].quoted || !ends_sentence(end - 1))) ++end;
        read_sentence({begin, end});
        begin = end;
      }
    return std::move(pieces_);
  }

 private:
  // "check if …": what follows is the verb's object.
  bool is_bare_verb(Words before, std::size_t at) const {
    return is_one_of(text(at), {"if", "whether", "that", "ob", "dass", "si", "que"}) && before.size() <= 2 &&
           is_verb({without_joints(before).begin, at + 1});
  }

  bool cuts_before(Words part, std::size_t begin, std::size_t at) const {
    const Words rest{at, part.end}, before{begin, at};
    if (row(rest, roles::ask) != 0 && row(before, roles::aside) != 0) return true;
    if (is(at, roles::joins) && at + 1 < part.end && opens_clause({at + 1, part.end})) return true;
    if (german_ && is(at, roles::joins) && at > begin + 1 && is_infinitive(at - 1)) return true;
    return row(rest, roles::aside) != 0 && !is_bare_verb(before, at) && row(before, roles::question) == 0;
  }

  void read_sentence(Words sentence) {
    std::vector<Words> cut;
    const auto cut_part = [&](Words part) {
      std::size_t begin = part.begin;
      for (std::size_t at = begin + 1; at < part.end; ++at)
        if (!marks_[at].quoted && cuts_before(part, begin, at)) {
          cut.push_back({begin, at});
          begin = at;
        }
      cut.push_back({begin, part.end});
    };
    std::size_t begin = sentence.begin;
    for (std::size_t i = sentence.begin; i < sentence.end; ++i) {
      const bool ends = i + 1 == sentence.end;
      const bool mark = message_[i].comma || message_[i].mark == ':' || (!ends && message_[i + 1].dashed);
      if (!ends && (!mark || (marks_[i].quoted && marks_[i + 1].quoted))) continue;
      cut_part({begin, i + 1});
      begin = i + 1;
    }
    const bool asked = message_[sentence.end - 1].mark == '?';
    bool first = true;
    for (std::size_t n = 0; n < cut.size(); ++n)
      add(read_piece(cut[n], asked, n + 1 == cut.size(), pieces_.empty()), asked, first);
  }

  // A piece beside the one before it in the sentence.
  void add(Piece piece, bool asked, bool& first) {
    Piece* const before = first || pieces_.empty() ? nullptr : &pieces_.back();
    first = false;
    if (before != nullptr) {
      if (!asked && piece.speech == Speech::question && !piece.tells && before->speech == Speech::order)
        piece.speech = Speech::aside;
      if (piece.speech == Speech::order && goes_on_listing(*before, piece.words)) piece.speech = Speech::fragment;
      const Words own = without_joints(piece.words);
      if (english_ && is_open(piece.speech) && is_open_before(before->speech) && piece.words.size() > 1 &&
          is_inflected(text(own.begin)) && own.size() > 1 && is(own.begin + 1, roles::determiner | roles::pointing))
        before->speech = piece.speech = Speech::statement;
      if (piece.speech == Speech::order && before->speech == Speech::fragment && before->words.size() > 1 &&
          is(piece.words.begin, roles::between) && is(without_joints(before->words).begin, roles::noun_too))
        *before = order(before->words, without_joints(before->words));
      if (piece.speech == Speech::fragment && takes_fragments(before->speech)) {
        before->words.end = before->rest.end = piece.words.end;
        if (before->rest.begin == 0) before->rest.begin = piece.words.begin;
        return;
      }
    }
    pieces_.push_back(piece);
  }
  static bool is_open(Speech speech) {
    return speech == Speech::fragment || speech == Speech::order || speech == Speech::statement;
  }
  static bool is_open_before(Speech speech) { return speech == Speech::fragment || speech == Speech::statement; }
  static bool takes_fragments(Speech speech) {
    return speech == Speech::order || speech == Speech::question || speech == Speech::ruled_out ||
           speech == Speech::aside || speech == Speech::statement;
  }
  // "of candidate, interview and room": no list of orders.
  bool goes_on_listing(const Piece& before, Words words) const {
    if (before.speech != Speech::order && before.speech != Speech::question && before.speech != Speech::ruled_out)
      return false;
    if (before.rest.empty() && without_joints(words).size() > 1) return false;
    return !words.any([&](std::size_t i) { return has_object(i) || is(i, roles::preposition); });
  }

  std::vector<Piece> pieces_;
};

// In a story only a polite form or a verb at the head asks: "then I look", "plan for May", "leave it" do not.
bool is_asked_for(const Message& message, const Piece& piece, const Piece* before, bool renounced) {
  const std::size_t begin = piece.words.begin;
  const bool joined = message.is(begin, roles::joins);
  if (message.has(piece.words, roles::keeps)) return false;
  if (joined && before != nullptr &&
      (before->speech == Speech::ruled_out || message.row_at(before->words, roles::keeps)))
    return false;
  if (message.has(piece.words, roles::ask | roles::wish | roles::politeness)) return true;
  if (renounced || piece.act == no_word || piece.act + 1 >= piece.words.end) return false;
  for (std::size_t i = begin; i < piece.act; ++i)
    if (!message.is(i, roles::joins | roles::adverb)) return false;
  const bool goes_on = joined && before != nullptr && message[begin - 1].mark == 0;
  if (goes_on && (before->speech == Speech::statement || before->speech == Speech::fragment)) return false;
  const std::string_view next = message.text_of(piece.act + 1);
  if (is_one_of(next, {"ich", "wir", "er", "es", "man"})) return false;
  return !message.is(piece.act, roles::noun_too) ||
         !is_one_of(next, {"for", "of", "from", "fur", "von", "pour", "para", "de"});
}

// The first word of the sentence that a word is in. What is renounced before it holds no order back.
std::size_t sentence_of(const Message& message, std::size_t word) {
  while (word > 0 && (message[word - 1].mark == 0 || message[word - 1].mark == ':')) --word;
  return word;
}

// "a.md", "src/a.ts"; also "users.name", which may be one.
bool ends_as_file(std::string_view word) {
  constexpr std::size_t longest = 5;
  const std::size_t dot = word.rfind('.');
  return dot != std::string_view::npos && dot > 0 && dot + 1 < word.size() && word.size() - dot - 1 <= longest;
}

bool stays_in_a_file(const Message& message, std::size_t size) {
  if (message.has({0, size}, roles::reach)) return false;
  if (!message.has({0, size}, roles::shared)) return true;
  return Words{0, size}.any([&](std::size_t word) { return ends_as_file(message.text_of(word)); });
}

}  // namespace

bool is_verb_form(std::string_view word) {
  const auto is_row = [](std::string_view base) {
    return has_role("en", base, roles::acts | roles::light | roles::informs);
  };
  for (const std::string_view ending : {"s", "es", "d", "ed", "ing"}) {
    if (word.size() < ending.size() + 2 || !word.ends_with(ending)) continue;
    const std::string base(word.substr(0, word.size() - ending.size()));
    if (is_row(base) || is_row(base + "e")) return true;
    if (base.size() > 2 && base.back() == base[base.size() - 2] && is_row(base.substr(0, base.size() - 1))) return true;
  }
  return false;
}

std::vector<Piece> pieces_of(const Message& message, const std::vector<Marks>& marks, std::string_view language,
                             const IsAct& is_act) {
  return PieceCutter(message, marks, language, is_act).read();
}

bool asks_for_anything(const Message& message, const std::vector<Marks>& marks, std::string_view language) {
  const bool renounced = message.has({0, marks.size()}, roles::renounces);
  const std::vector<Piece> pieces = pieces_of(message, marks, language);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Piece& piece = pieces[i];
    // "To your question, why there are two: …" asks nothing.
    const bool first = i == 0 || message[piece.words.begin - 1].mark != 0;
    if (piece.speech == Speech::question &&
        (message[piece.words.end - 1].mark == '?' || (!renounced && (piece.tells || first))))
      return true;
    if (!renounced && (piece.speech == Speech::need || piece.speech == Speech::shown)) return true;
    const bool held =
        renounced && message.has({sentence_of(message, piece.words.begin), marks.size()}, roles::renounces);
    if (piece.speech == Speech::order && is_asked_for(message, piece, i == 0 ? nullptr : &pieces[i - 1], held))
      return true;
  }
  return false;
}

bool is_small_edit(const Message& message, const std::vector<Marks>& marks, std::string_view language) {
  constexpr std::size_t most = 14;
  const std::size_t size = marks.size();
  const auto names_code = [](const Marks& word) { return word.code; };
  if (size > most || std::ranges::none_of(marks, names_code) || !stays_in_a_file(message, size)) return false;
  const std::vector<Piece> pieces = pieces_of(message, marks, language);
  if (pieces.size() != 1 || pieces.front().speech != Speech::order) return false;
  const std::size_t act = pieces.front().act == no_word ? 0 : pieces.front().act;
  if (message.row_at({act, size}, roles::edits)) return true;
  return size > 2 && message.is(act, roles::light) && marks[size - 1].number &&
         is_one_of(message.text_of(size - 2), {"line", "zeile", "ligne", "linea"});
}

}  // namespace cascade::needs
