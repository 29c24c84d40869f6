#include "mcp/served_conversation.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <utility>

#include "files/random_bytes.h"
#include "text/ascii.h"

namespace cascade::cli {
namespace {

constexpr std::size_t handle_length = 8;
constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";  // 32, none easily mistaken for another
constexpr std::string_view label = "conversation:", served_source = "mcp";

std::string session_of(const std::string& handle) { return "mcp-" + handle; }

// 40 random bits; empty if the system provides none.
std::string new_handle() {
  std::array<unsigned char, handle_length> bytes{};
  if (!files::fill_randomly(bytes.data(), bytes.size())) return {};
  std::string handle;
  for (const unsigned char byte : bytes) handle += alphabet[byte % alphabet.size()];
  return handle;
}

// Normalises a returned handle, which may have its label, quotes or capitals. Empty if it cannot be one of ours.
std::string handle_of(std::string_view given) {
  std::string text = letters::to_lower(letters::trim(given));
  if (text.compare(0, label.size(), label) == 0) text = letters::trim(std::string_view(text).substr(label.size()));
  while (!text.empty() && (text.front() == '`' || text.front() == '"')) text.erase(0, 1);
  while (!text.empty() && (text.back() == '`' || text.back() == '"' || text.back() == '.')) text.pop_back();
  const bool is_one = text.size() == handle_length && text.find_first_not_of(alphabet) == std::string::npos;
  return is_one ? text : std::string();
}

bool was_given_out(const session::Ledger& ledger, const std::string& directory) {
  return std::any_of(ledger.entries().begin(), ledger.entries().end(), [&](const session::Entry& entry) {
    return entry.event == session::Event::start && entry.source == served_source && entry.directory == directory;
  });
}

}  // namespace

ServedConversation::ServedConversation(std::string state, std::string directory, std::string_view given)
    : state_(std::move(state)), directory_(std::move(directory)), handle_(handle_of(given)), ledger_({}, {}) {
  if (state_.empty()) {
    handle_.clear();
    return;
  }
  if (!handle_.empty()) ledger_ = session::Ledger(state_, session_of(handle_));
  if (was_given_out(ledger_, directory_)) return;
  is_new_ = true;
  handle_ = new_handle();
  ledger_ = session::Ledger(handle_.empty() ? std::string() : state_, session_of(handle_));
}

Past ServedConversation::past() const {
  Past past{ledger_.held(session::main_conversation), ledger_.active(session::main_conversation), {}};
  for (const session::Entry& entry : ledger_.entries())
    for (const session::SentPiece& piece : entry.pieces) past.sent.push_back(piece.manifest);
  std::sort(past.sent.begin(), past.sent.end());
  past.sent.erase(std::unique(past.sent.begin(), past.sent.end()), past.sent.end());
  return past;
}

// Runs before the first answer is sent, since another server may be called as soon as the client has read it.
bool ServedConversation::begin() {
  session::Entry start;
  start.event = session::Event::start;
  start.source = served_source;
  start.directory = directory_;
  start.written_at = std::time(nullptr);
  return static_cast<bool>(ledger_.append(std::move(start)));
}

void ServedConversation::send(mcp::ToolAnswer answer, session::Entry injection, const mcp::ToolAnswer& instead,
                              const mcp::Deliver& deliver) {
  if (handle_.empty() || (is_new_ && !begin())) {
    deliver(answer);
    return;
  }
  injection.recipient = session::main_conversation;
  injection.written_at = std::time(nullptr);
  if (is_new_) {
    const bool ends = answer.text.empty() || answer.text.back() == '\n';
    answer.text += (ends ? "" : "\n") + std::string(label) + " " + handle_ + "\n";
  }
  bool tried = false;
  const auto kept = ledger_.extend([&](const session::Ledger& now) {
    tried = true;
    const std::vector<std::uint64_t> held = now.held(session::main_conversation);
    const bool said =
        std::all_of(injection.pieces.begin(), injection.pieces.end(), [&](const session::SentPiece& piece) {
          return std::binary_search(held.begin(), held.end(), piece.content_hash);
        });
    const bool arrived = deliver(said ? instead : answer);
    return arrived && !said ? std::vector<session::Entry>{std::move(injection)} : std::vector<session::Entry>();
  });
  if (!kept && !tried) deliver(answer);
}

}  // namespace cascade::cli
