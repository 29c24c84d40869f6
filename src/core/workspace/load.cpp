// Turns slots into parts of the registry, each on its own. A file whose stamp is the recorded one is reused without
// being read; one that was touched but has the same content is reused after hashing it; any other is parsed. A file
// that changes while it is read is read again. Total bytes are checked before and during the work, because a hook may
// not keep a prompt waiting for a large library.
#include "workspace/load.h"

#include <algorithm>
#include <atomic>
#include <mutex>

#include "files/paths.h"
#include "manifest/parse.h"
#include "workspace/freshness.h"
#include "workspace/threads.h"

namespace cascade::workspace {
namespace {

using index_file::FileRecord;
using index_file::OriginRecord;

bool same_origin(const Records& records, const OriginRecord& origin, const Slot& slot) {
  return origin.kind == static_cast<std::uint32_t>(slot.kind) && origin.flags == origin_flags(slot) &&
         records.text(origin.component_offset, origin.component_length) == slot.component &&
         records.text(origin.plugin_offset, origin.plugin_length) == slot.plugin;
}

std::string labelled(const SourceRoot& root, std::string_view path) { return std::string(root.label).append(path); }

class Loader {
 public:
  Loader(const files::Tree& tree, const std::vector<SourceRoot>& roots, const TokenCounter& counter,
         const Records& previous, const ScanOptions& options)
      : tree_(tree), roots_(roots), counter_(counter), previous_(previous), options_(options) {}

  bool is_too_much() const { return options_.most_bytes > 0 && parsed_ > options_.most_bytes; }

  // The bytes of the files that are not known yet, by their sizes, before any is read, so that no one waits in vain; 0:
  // nobody asks.
  std::uint64_t unknown_bytes(const std::vector<Slot>& slots) const {
    if (options_.most_bytes == 0) return 0;
    std::uint64_t bytes = 0;
    for (const Slot& slot : slots) {
      if (slot.known != nullptr) continue;
      const auto stamp = tree_.stat(absolute_path(slot));
      if (stamp && stamp->size <= max_manifest_bytes) bytes += stamp->size;
    }
    return bytes;
  }

  void load(Slot& slot, registry::PartMaker& maker, manifest::SectionMemo& memo) const {
    const bool known = slot.known != nullptr && has_part(slot);
    if (known && !options_.hash_everything && is_unchanged(slot)) return reuse(slot);
    slot.read = true;
    const std::string absolute = absolute_path(slot);
    auto loaded = std::make_unique<Loaded>();
    std::string text;
    if (auto read = read_file(slot, absolute))
      text = std::move(*read);
    else
      return fault(slot, std::move(loaded), read.error());
    slot.content = hash::hash128(text);
    if (known && slot.known->content_high == slot.content.high && slot.known->content_low == slot.content.low &&
        slot.known->size == text.size())
      return reuse(slot);
    parsed_ += text.size();
    if (is_too_much()) return;
    if (kept_.fetch_add(text.size()) < most_kept) {
      loaded->text = std::move(text);
      loaded->made = parse(slot, loaded->text, maker, &memo);
    } else {
      loaded->made = parse(slot, text, maker, nullptr);
    }
    slot.loaded = std::move(loaded);
  }

 private:
  std::string absolute_path(const Slot& slot) const { return files::join(roots_[slot.root].folder.path, slot.path); }

  // Checks the file's stamp, unless the check that found another file changed has looked at this one already.
  bool is_unchanged(Slot& slot) const {
    if (previous_.is_seen(previous_.folders.size + number(slot))) {
      slot.stamp = stamp_of(*slot.known, false);
      return true;
    }
    const auto stamp = tree_.stat(absolute_path(slot));
    if (stamp) slot.stamp = *stamp;
    return stamp && workspace::is_unchanged(*slot.known, *stamp);
  }

  // The file's text and stamp; only the stamp if the file cannot be read.
  Result<std::string> read_file(Slot& slot, const std::string& absolute) const {
    for (int attempt = 1;; ++attempt) {  // a file that changes while it is read is read again
      auto read = tree_.read_stamped(absolute, max_manifest_bytes);
      if (!read) {
        const auto stamp = tree_.stat(absolute);
        if (!stamp) return stamp.error();
        slot.stamp = *stamp;
        return read.error();
      }
      slot.stamp = read->stamp;
      if (!read->changed || attempt == 3) return std::move(read->text);
    }
  }

  std::size_t number(const Slot& slot) const { return static_cast<std::size_t>(slot.known - previous_.files.begin()); }

  // Whether the walk found the file with its recorded origin, and its part exists or it needs none.
  bool has_part(const Slot& slot) const {
    const std::size_t at = number(slot);
    if (at >= previous_.origins.size || !same_origin(previous_, previous_.origins[at], slot)) return false;
    return slot.known->calls_length == 0 || previous_.has_part(*slot.known);
  }

  void reuse(Slot& slot) const { slot.content = {slot.known->content_high, slot.known->content_low}; }

  void fault(Slot& slot, std::unique_ptr<Loaded> loaded, const Error& error) const {
    Diagnostic d;
    d.severity = Severity::error;
    d.rule = error.code == ErrorCode::unsupported ? "BD007" : "ID009";
    d.at.path = labelled(roots_[slot.root], slot.path);
    d.message =
        error.code == ErrorCode::unsupported ? "the file is larger than 1 MiB, the client skips it" : error.message;
    d.help = !error.help.empty()                   ? error.help
             : error.code == ErrorCode::unreadable ? "it is tried again at every call"
                                                   : "the client does not read it either";
    loaded->problems.push_back(std::move(d));
    slot.loaded = std::move(loaded);
  }

  // `memo`: null when the text is not kept.
  registry::MadePart parse(const Slot& slot, const std::string& text, registry::PartMaker& maker,
                           manifest::SectionMemo* memo) const {
    const SourceRoot& root = roots_[slot.root];
    const std::string path = labelled(root, slot.path);
    const std::string component = slot.component.empty() ? "" : labelled(root, slot.component);
    ManifestSource source;
    source.kind = slot.kind;
    source.scope = root.scope;
    source.root = slot.root;
    source.plugin = slot.prefixed ? slot.plugin : std::string_view();
    source.component = component;
    source.path = path;
    source.text = text;
    Manifest manifest = manifest::parse(source, counter_, memo);
    if (!slot.prefixed) manifest.plugin = slot.plugin;  // the registry also finds it as plugin:name
    const auto declares_name = [](const Field& field) { return field.key == "name" && !field.value.empty(); };
    if (slot.if_declared && manifest.fields.empty()) return {};
    // To the client, a README among commands is a command. Other documents must at least have a name.
    if (manifest.document && source.kind != Kind::command &&
        std::none_of(manifest.fields.begin(), manifest.fields.end(), declares_name))
      return {};
    return maker.make(manifest);
  }

  static constexpr std::size_t most_kept = 8u << 20;  // total bytes of texts

  mutable std::atomic<std::size_t> kept_{0}, parsed_{0};
  const files::Tree& tree_;
  const std::vector<SourceRoot>& roots_;
  const TokenCounter& counter_;
  const Records& previous_;
  const ScanOptions& options_;
};

}  // namespace

bool is_unchanged(const FileRecord& record, const files::Stamp& stamp) noexcept {
  return record.flags == 0 && same_stamp(record, stamp);
}

files::Stamp stamp_of(const FileRecord& record, bool folder) noexcept {
  return {record.size, record.inode, record.modified_ns, record.changed_ns, folder, false};
}

Result<std::vector<registry::PartMaker>> load_all(const files::Tree& tree, const std::vector<SourceRoot>& roots,
                                                  const TokenCounter& counter, const Records& previous,
                                                  const ScanOptions& options, std::vector<Slot>& slots) {
  const Loader loader(tree, roots, counter, previous, options);
  const std::string most = std::to_string(options.most_bytes);
  const auto too_much = [&](std::string message) {
    return Error{ErrorCode::unsupported, std::move(message), roots.empty() ? std::string() : roots.front().folder.path,
                 "run cascade index"};
  };
  if (const std::uint64_t bytes = loader.unknown_bytes(slots); bytes > options.most_bytes)
    return too_much(std::to_string(bytes) + " bytes of manifests to read at once, more than " + most);
  std::atomic<std::size_t> next{0};
  std::size_t done = 0;
  std::mutex progress;
  std::vector<registry::PartMaker> makers(std::clamp<std::size_t>(slots.size() / 16, 1, options.threads));
  const auto work = [&](std::size_t hand) {
    manifest::SectionMemo memo;  // of texts that the slots keep
    for (std::size_t i = next++; i < slots.size() && !loader.is_too_much(); i = next++) {
      loader.load(slots[i], makers[hand], memo);
      if (!options.progress) continue;
      const std::lock_guard<std::mutex> lock(progress);
      options.progress(++done, slots.size());
    }
  };
  run_on_threads(makers.size(), work);
  if (loader.is_too_much()) return too_much("more than " + most + " bytes of manifests to read at once");
  return makers;
}

}  // namespace cascade::workspace
