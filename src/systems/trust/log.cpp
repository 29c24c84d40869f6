#include "trust/log.h"

#include <charconv>

#include "files/atomic_write.h"
#include "files/file_lock.h"
#include "files/paths.h"
#include "files/tree.h"
#include "secrets/find.h"
#include "syntax/json.h"

namespace cascade::trust {
namespace {

constexpr std::uint64_t max_log_bytes = 256 * 1024;

std::string path_of(const std::string& folder) { return files::join(folder, "trust.jsonl"); }

std::string line_of(const LogEntry& entry) {
  syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
  json.begin_object().key("at").integer(entry.at).key("action").string(entry.action);
  const auto member = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) json.key(key).string(value);
  };
  member("item", entry.item);
  member("path", entry.path);
  member("hash", entry.hash);
  member("event", entry.event);
  member("hook", entry.hook);
  // What a program of others said may hold what it should not have.
  member("outcome", secrets::redacted(entry.outcome).text);
  member("why", secrets::redacted(entry.why).text);
  if (entry.action == "run") json.key("confined").boolean(entry.confined);
  return json.end_object().take();
}

std::string newer_half(std::string_view content) {
  const std::size_t end = content.find('\n', content.size() / 2);
  return end == std::string_view::npos ? std::string() : std::string(content.substr(end + 1));
}

}  // namespace

Result<void> append_log(const std::string& folder, const LogEntry& entry) {
  if (auto made = files::make_directories(folder); !made) return made;
  return files::extend_log(
      path_of(folder), max_log_bytes, [&](std::string_view) { return line_of(entry); }, newer_half);
}

std::vector<LogEntry> read_log(const std::string& folder) {
  std::vector<LogEntry> entries;
  const auto text = files::DiskTree().read(path_of(folder), 4 * max_log_bytes);
  if (!text) return entries;
  for (std::size_t at = 0; at < text->size();) {
    const std::size_t end = std::min(text->find('\n', at), text->size());
    const syntax::Parsed parsed = syntax::parse_json(std::string_view(*text).substr(at, end - at));
    at = end + 1;
    if (!parsed.faults.empty() || parsed.root.kind != syntax::NodeKind::map) continue;
    const auto member = [&](std::string_view key) {
      const syntax::Node* value = parsed.root.find(key);
      return value == nullptr ? std::string() : value->text;
    };
    LogEntry entry{0,
                   member("action"),
                   member("item"),
                   member("path"),
                   member("hash"),
                   member("event"),
                   member("hook"),
                   member("outcome"),
                   member("why"),
                   member("confined") == "true"};
    const std::string seconds = member("at");
    std::from_chars(seconds.data(), seconds.data() + seconds.size(), entry.at);
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace cascade::trust
