#include "manifest/object.h"

#include <cstdint>
#include <cstring>
#include <type_traits>

namespace cascade {
namespace {

// One description of the members serves both directions: visit(archive, manifest).
class Writer {
 public:
  template <typename T>
  void number(const T& value) {
    static_assert(std::is_integral_v<T> || std::is_enum_v<T>);
    char bytes[sizeof(T)];
    std::memcpy(bytes, &value, sizeof(T));
    out_.append(bytes, sizeof(T));
  }
  void text(const std::string& value) {
    number(static_cast<std::uint32_t>(value.size()));
    out_.append(value);
  }
  template <typename T, typename Visit>
  void list(const std::vector<T>& values, const Visit& visit) {
    number(static_cast<std::uint32_t>(values.size()));
    for (const T& value : values) visit(*this, value);
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  template <typename T>
  void number(T& value) {
    if (bytes_.size() < sizeof(T)) return fail();
    if constexpr (std::is_same_v<T, bool>)
      value = bytes_.front() != 0;
    else
      std::memcpy(&value, bytes_.data(), sizeof(T));
    bytes_.remove_prefix(sizeof(T));
  }
  void text(std::string& value) {
    std::uint32_t size = 0;
    number(size);
    if (size > bytes_.size()) return fail();
    value.assign(bytes_.substr(0, size));
    bytes_.remove_prefix(size);
  }
  template <typename T, typename Visit>
  void list(std::vector<T>& values, const Visit& visit) {
    std::uint32_t count = 0;
    number(count);
    for (std::uint32_t i = 0; i < count && good_; ++i) visit(*this, values.emplace_back());  // memory follows the bytes
  }
  bool complete() const { return good_ && bytes_.empty(); }

 private:
  void fail() {
    good_ = false;
    bytes_ = {};
  }
  std::string_view bytes_;
  bool good_ = true;
};

const auto place = [](auto& a, auto& at) {
  a.text(at.path);
  a.number(at.line);
  a.number(at.column);
  a.number(at.end_line);
  a.number(at.end_column);
};

const auto symbol = [](auto& a, auto& s) {
  a.number(s.kind);
  a.text(s.name);
};

const auto text_item = [](auto& a, auto& s) { a.text(s); };

const auto section = [](auto& a, auto& s) {
  a.number(s.form);
  a.number(s.shorter_of);
  a.text(s.heading);
  a.text(s.path);
  a.number(s.offset);
  a.number(s.length);
  a.number(s.content_hash);
  a.number(s.line);
  a.number(s.level);
  a.number(s.cost.tokens);
  a.number(s.cost.chars);
};

const auto reference = [](auto& a, auto& r) {
  symbol(a, r.target);
  a.number(r.strength);
  a.number(r.via);
  a.number(r.kind_known);
  place(a, r.at);
};

const auto field = [](auto& a, auto& f) {
  a.text(f.key);
  a.text(f.value);
  place(a, f.at);
  a.number(f.list);
};

const auto tool = [](auto& a, auto& t) {
  a.text(t.server);
  a.text(t.tool);
  a.text(t.pattern);
};

// Parsing offers no fixes and no fingerprints; rules add them later.
const auto diagnostic = [](auto& a, auto& d) {
  a.number(d.severity);
  a.text(d.rule);
  place(a, d.at);
  a.text(d.message);
  a.text(d.help);
  a.list(d.related, [](auto& inner, auto& other) {
    place(inner, other.at);
    inner.text(other.message);
  });
};

template <typename Archive, typename M>
void visit(Archive& a, M& m) {
  symbol(a, m.symbol);
  a.text(m.title);
  a.text(m.plugin);
  a.list(m.aliases, text_item);
  a.number(m.layer);
  a.number(m.scope);
  a.number(m.root);
  a.text(m.path);
  a.text(m.description);
  a.number(m.document);
  a.list(m.fields, field);
  a.list(m.sections, section);
  a.list(m.references, reference);
  a.list(m.tools, tool);
  a.list(m.named_tools, [](auto& inner, auto& mention) {
    tool(inner, mention.tool);
    place(inner, mention.at);
  });
  a.list(m.conflicts, symbol);
  a.list(m.requires_any, [](auto& inner, auto& group) { inner.list(group, symbol); });
  a.number(m.body.tokens);
  a.number(m.body.chars);
  a.list(m.problems, diagnostic);
}

template <typename E>
bool within(E value, E last) {
  return static_cast<std::uint32_t>(value) <= static_cast<std::uint32_t>(last);
}

bool in_range(const Symbol& s) { return within(s.kind, Kind::command); }

bool in_range(const Manifest& m) {
  bool good = in_range(m.symbol) && within(m.layer, Layer::command) && within(m.scope, Scope::managed);
  for (const Section& s : m.sections) good = good && within(s.form, Form::resource) && s.shorter_of < m.sections.size();
  for (const Reference& r : m.references)
    good = good && in_range(r.target) && within(r.strength, Strength::excluded) && within(r.via, Via::prose);
  for (const Symbol& s : m.conflicts) good = good && in_range(s);
  for (const auto& group : m.requires_any)
    for (const Symbol& s : group) good = good && in_range(s);
  for (const Diagnostic& d : m.problems) good = good && within(d.severity, Severity::error);
  return good;
}

}  // namespace

std::string write_object(const Manifest& manifest) {
  Writer writer;
  visit(writer, manifest);
  return writer.take();
}

std::optional<Manifest> read_object(std::string_view bytes) {
  Reader reader(bytes);
  Manifest manifest;
  visit(reader, manifest);
  if (!reader.complete() || !in_range(manifest)) return std::nullopt;
  return manifest;
}

}  // namespace cascade
