#include "recall/passage.h"

#include <algorithm>

#include "files/file_tail.h"
#include "secrets/find.h"

namespace cascade::past {
namespace {

std::string shown(const std::string& text) { return secrets::redacted(text).text; }

std::vector<std::string> shown_once(const std::vector<std::string>& texts) {
  std::vector<std::string> all;
  for (const std::string& one : texts)
    if (std::string text = shown(one); std::find(all.begin(), all.end(), text) == all.end())
      all.push_back(std::move(text));
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
