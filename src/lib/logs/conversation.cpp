// A turn begins with a prompt and takes everything until the next one. Clients write an answer again when it has grown
// and repeat messages when a session is resumed, so each thing is known by its id (or time) and its words.
#include "logs/conversation.h"

#include <unordered_set>

#include "hash/content_hash.h"
#include "text/ascii.h"

namespace cascade::past {
namespace {

using transcript::Happened, transcript::Happening;

class TurnReader {
 public:
  explicit TurnReader(std::string_view text) : text_(text) {}

  void see(const Happened& one) {
    if (!one.agent.empty() || one.kind == Happening::context || one.kind == Happening::compaction ||
        one.kind == Happening::typed)
      return;
    if (is_repeated(one)) return;
    if (one.kind == Happening::prompt) return begin_turn(one);
    if (turns_.empty()) return;
    Turn& turn = turns_.back();
    if (one.kind == Happening::answer) return say(turn, one.words.text());
    if (one.kind == Happening::result) return turn.outputs.push_back(one.value.raw());
    transcript::CallFacts facts = transcript::facts_of(one.tool, one.value);
    move_to(turn.paths, facts.paths);
    move_to(turn.commands, facts.commands);
    move_to(turn.written, facts.texts);
  }

  std::vector<Turn> take() {
    if (!turns_.empty()) turns_.back().end = text_.size();
    return std::move(turns_);
  }

 private:
  void begin_turn(const Happened& prompt) {
    const std::uint64_t begin = line_of(prompt.words.raw());
    if (!turns_.empty()) turns_.back().end = begin;
    Turn turn;
    turn.number = static_cast<std::uint32_t>(turns_.size());
    turn.at = prompt.at;
    turn.begin = begin;
    turn.request = prompt.words.text();
    turns_.push_back(std::move(turn));
  }

  static void say(Turn& turn, std::string words) {
    if (letters::trim(words).empty()) return;
    if (!turn.outcome.empty()) turn.said += turn.outcome + "\n";
    turn.outcome = std::move(words);
  }

  static void move_to(std::vector<std::string>& all, std::vector<std::string>& more) {
    for (std::string& one : more) all.push_back(std::move(one));
  }

  // Where the line begins that holds these bytes of the text.
  std::uint64_t line_of(std::string_view bytes) const {
    const auto at = static_cast<std::size_t>(bytes.data() - text_.data());
    const std::size_t feed = at == 0 ? std::string_view::npos : text_.rfind('\n', at - 1);
    return feed == std::string_view::npos ? 0 : feed + 1;
  }

  bool is_repeated(const Happened& one) {
    const bool has_value = one.kind == Happening::call || one.kind == Happening::result;
    std::string key(one.id.empty() ? std::to_string(one.at) : std::string(one.id));
    key += static_cast<char>('0' + static_cast<int>(one.kind));
    key += std::to_string(hash::hash64(has_value ? one.value.raw() : one.words.raw()));
    return !seen_.insert(hash::hash64(key)).second;
  }

  std::string_view text_;
  std::vector<Turn> turns_;
  std::unordered_set<std::uint64_t> seen_;
};

}  // namespace

std::uint64_t Turn::identity() const { return at == 0 ? 0 : hash::hash64(std::to_string(at) + "\n" + request); }

Conversation read_conversation(const transcript::Format& format, std::string_view text) {
  TurnReader reader(text);
  Conversation conversation;
  conversation.lines = transcript::read_lines(format, text, [&](const Happened& one) { reader.see(one); });
  conversation.turns = reader.take();
  return conversation;
}

}  // namespace cascade::past
