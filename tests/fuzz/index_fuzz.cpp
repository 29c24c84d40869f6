// Any bytes as an index file: it is refused, or what is read from it stays inside of it.
//
// An input edits a good index of a small library: triples of (offset, value), four bytes and one, little-endian. The
// first byte of the input tells whether the sums are made to fit again, so that the edits reach the tables behind them.
#include <cascade/resolve.h>
#include <cascade/route.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "index/index_file.h"
#include "registry/part.h"
#include "registry/tables.h"
#include "route/tables.h"

using namespace cascade;
using index_file::RegionKind;

namespace {

constexpr hash::Hash128 key{1, 2};

Manifest manifest(const std::string& path, Kind kind, const std::string& text) {
  ManifestSource source;
  source.kind = kind;
  source.path = path;
  source.text = text;
  return parse_manifest(source, TokenCounter::estimating());
}

constexpr std::size_t calls_bytes = 1024;  // room for each manifest's

// A skill that calls an agent that is not there, one with a clash of names, a command, an agent.
const std::string& good_index() {
  static const std::string bytes = [] {
    const std::string skill =
        "---\nname: fence\ndescription: Mends a fence. Use when posts lean.\ntriggers: [posts]\n---\n"
        "# Steps\n\nRun Task(\"dig\", \"p\", \"digger\"), then /paint and Skill(gate).\n\n## Then\n\nRest.\n";
    std::vector<Manifest> all;
    all.push_back(manifest("skills/fence/SKILL.md", Kind::skill, skill));
    all.push_back(
        manifest("skills/gate/SKILL.md", Kind::skill, "---\nname: gate\ndescription: Hangs a gate.\n---\nHang.\n"));
    all.push_back(
        manifest("commands/paint.md", Kind::command, "---\ndescription: Paints it.\n---\nPaint $ARGUMENTS.\n"));
    all.push_back(
        manifest("agents/a/digger.md", Kind::agent, "---\nname: digger\ndescription: Digs.\ntools: Bash\n---\nDig.\n"));
    all.push_back(
        manifest("agents/b/digger.md", Kind::agent, "---\nname: digger\ndescription: Digs, too.\n---\nDig.\n"));
    const Registry registry = Registry::build(all);
    const auto router = Router::build(
        registry, [](const ManifestView&, const SectionView&) -> Result<std::string> { return std::string("Dig."); });
    if (!router) std::abort();
    registry::PartMaker maker;
    std::string calls;
    for (const Manifest& each : all) {
      calls += maker.make(each).calls;
      calls.resize((calls.size() + calls_bytes - 1) / calls_bytes * calls_bytes, '\0');
    }
    return index_file::encode(key, 0,
                              {{RegionKind::registry, RegistryTables::bytes(registry)},
                               {RegionKind::router, RouterTables::bytes(*router)},
                               {RegionKind::calls, calls}});
  }();
  return bytes;
}

std::uint64_t use(std::string_view text) {
  std::uint64_t sum = 0;
  for (const char c : text) sum += static_cast<unsigned char>(c);
  return sum;
}

std::uint64_t read_manifest(const Registry& registry, ManifestId id) {
  const ManifestView view = registry[id];
  std::uint64_t sum = use(view.name) + use(view.title) + use(view.path) + use(view.description) + use(view.plugin);
  for (std::uint32_t i = 0; i < view.sections && i < 100; ++i) {
    const SectionView section = registry.section(id, i);
    sum += use(section.heading) + use(section.path) + section.cost.tokens;
  }
  for (const Link& link : registry.links(id)) sum += static_cast<std::uint32_t>(link.to);
  for (const Link& link : registry.links_to(id)) sum += static_cast<std::uint32_t>(link.from);
  for (const ToolName& tool : registry.tools(id)) sum += use(to_string(tool));
  Request request;
  request.roots = {symbol_of(view)};
  request.depth = 3;
  const auto resolution = resolve(registry, request);
  return sum + (resolution ? resolution->selected.size() : 0);
}

// What an update makes of the manifests' parts.
std::size_t build_again(const Registry& registry, std::string_view calls) {
  std::vector<registry::Part> parts;
  for (std::uint32_t id = 0; id < 20 && calls.size() >= calls_bytes; ++id, calls.remove_prefix(calls_bytes))
    if (const auto part = RegistryTables::part(registry, id, calls.substr(0, calls_bytes))) parts.push_back(*part);
  const Registry again = RegistryTables::build(parts);
  std::size_t sum = again.problems().size() + again.unbound().size();
  for (std::uint32_t id = 0; id < again.size(); ++id) sum += again.aliases(ManifestId{id}).size();
  return sum;
}

void read_all(const index_file::Image& image) {
  auto tables = image.region(RegionKind::registry);
  if (!tables) return;
  auto registry = RegistryTables::open(image.owner(), *tables);
  if (!registry) return;
  volatile std::uint64_t sum = 0;
  for (std::uint32_t id = 0; id < registry->size() && id < 20; ++id)
    sum = sum + read_manifest(*registry, ManifestId{id});
  sum = sum + registry->problems().size();
  if (const auto calls = image.region(RegionKind::calls)) sum = sum + build_again(*registry, *calls);
  auto routes = image.region(RegionKind::router);
  if (!routes) return;
  const auto router = RouterTables::open(image.owner(), *routes, *registry);
  if (!router) return;
  Query query;
  query.text = "The posts of the fence lean, dig them out and paint the gate; not the digger.";
  for (const Match& match : router->rank(query).ranked)
    for (const Evidence& evidence : match.evidence) sum = sum + use(evidence.term);
  sum = sum + router->relevance(query)(ManifestId{0}, 0);
}

void make_sums_fit(std::string& bytes) {
  index_file::Header header;
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (header.sums_offset > bytes.size() || header.sums_offset < index_file::header_bytes) return;
  for (std::uint64_t i = 0; i < header.sums_count; ++i) {
    const std::uint64_t begin = index_file::header_bytes + i * index_file::block_bytes;
    const std::uint64_t at = header.sums_offset + i * sizeof(std::uint64_t);
    if (begin >= header.sums_offset || at + sizeof(std::uint64_t) > bytes.size()) break;
    const std::uint64_t length = std::min<std::uint64_t>(index_file::block_bytes, header.sums_offset - begin);
    const std::uint64_t sum = hash::hash64(std::string_view(bytes).substr(begin, length));
    std::memcpy(bytes.data() + at, &sum, sizeof(sum));
  }
  header.header_sum = hash::hash64({reinterpret_cast<const char*>(&header), offsetof(index_file::Header, header_sum)});
  std::memcpy(bytes.data(), &header, sizeof(header));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  std::string bytes = good_index();
  for (std::size_t i = 1; i + 5 <= size; i += 5) {
    std::uint32_t offset = 0;
    std::memcpy(&offset, data + i, sizeof(offset));
    bytes[offset % bytes.size()] = static_cast<char>(data[i + 4]);
  }
  if (data[0] % 2 == 0) make_sums_fit(bytes);
  const auto image = index_file::Image::over(bytes, key);
  if (image) read_all(*image);
  return 0;
}
