// Writes cascade.show/1 (docs/formats/show.md): everything the registry knows about one manifest, with the places of
// its references in both directions.
#include "render/show_json.h"

#include "render/chain.h"
#include "render/parts.h"

namespace cascade::rendering {
namespace {

void put_head(syntax::JsonWriter& json, const Registry& registry, const CardFacts& facts) {
  const ManifestView& manifest = facts.manifest;
  put_manifest(json, manifest);
  json.key("plugin").string(manifest.plugin);
  json.key("description").string(manifest.description);
  json.key("document").boolean(manifest.document);
  put_cost(json, manifest.body);
  json.key("aliases").begin_array();
  for (const std::string_view alias : registry.aliases(manifest.id)) json.string(alias);
  json.end_array();
  json.key("tools").begin_array();
  for (const ToolName& tool : registry.tools(manifest.id)) json.string(to_string(tool));
  json.end_array();
  json.key("conflicts").begin_array();
  for (const ManifestId other : registry.conflicts(manifest.id)) json.string(plain_id_of(registry[other]));
  json.end_array();
  json.key("requires_any").begin_array();
  for (const Span<ManifestId> any : registry.requires_any(manifest.id)) {
    json.begin_array();
    for (const ManifestId member : any) json.string(plain_id_of(registry[member]));
    json.end_array();
  }
  json.end_array();
}

void put_shadowing(syntax::JsonWriter& json, const Registry& registry, ManifestId id,
                   const std::vector<std::string>& roots) {
  const auto put_place = [&](ManifestId other) {
    json.begin_object();
    json.key("scope").string(to_string(registry[other].scope));
    json.key("path").string(registry[other].path);
    json.key("root").string(root_of(registry[other], roots));
    json.end_object();
  };
  json.key("shadowed_by");
  if (const auto winner = registry.shadowed_in_favour_of(id)) {
    put_place(*winner);
  } else {
    json.null();
  }
  json.key("shadows").begin_array();
  for (const ManifestId other : registry.shadowed_by(id)) put_place(other);
  json.end_array();
}

void put_sections(syntax::JsonWriter& json, const Registry& registry, const CardFacts& facts) {
  json.key("sections").begin_array();
  for (const SectionLines& lines : facts.sections) {
    const SectionView section = registry.section(facts.manifest.id, lines.index);
    json.begin_object();
    json.key("section").number(lines.index);
    json.key("form").string(to_string(section.form));
    json.key("heading").string(section.heading);
    json.key("path").string(section.path);
    json.key("level").number(section.level);
    json.key("line").number(section.line);
    json.key("offset").number(section.offset);
    json.key("length").number(section.length);
    put_cost(json, section.cost);
    put_hash(json, "content_hash", section.content_hash);
    json.key("shorter").begin_array();
    for (const std::uint32_t form : facts.shorter[lines.index]) {
      const SectionView shorter = registry.section(facts.manifest.id, form);
      json.begin_object();
      json.key("form").string(to_string(shorter.form));
      put_cost(json, shorter.cost);
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
}

void put_files(syntax::JsonWriter& json, const std::vector<bundle::ListedFile>& files) {
  json.key("linked_files").begin_array();
  for (const bundle::ListedFile& listed : files) {
    json.begin_object();
    json.key("path").string(listed.file.path);
    json.key("place").string(listed.place);
    json.key("purpose").string(listed.purpose);
    put_cost(json, listed.file.cost);
    json.end_object();
  }
  json.end_array();
}

// "references" lead to known manifests, "unbound" to none or to several, and "referenced_by" lead here.
void put_references(syntax::JsonWriter& json, const Registry& registry, const CardFacts& facts) {
  json.key("references").begin_array();
  for (const Link& link : facts.out) {
    json.begin_object();
    json.key("line").number(link.line);
    json.key("column").number(link.column);
    json.key("strength").string(to_string(link.strength));
    json.key("via").string(to_string(link.via));
    json.key("target").string(plain_id_of(registry[link.to]));
    json.key("target_path").string(registry[link.to].path);
    json.end_object();
  }
  json.end_array();
  json.key("unbound").begin_array();
  for (const Unbound& unbound : facts.unbound) {
    json.begin_object();
    json.key("line").number(unbound.reference.at.line);
    json.key("column").number(unbound.reference.at.column);
    json.key("strength").string(to_string(unbound.reference.strength));
    json.key("via").string(to_string(unbound.reference.via));
    json.key("target").string(to_string(unbound.reference.target));
    json.key("ambiguous").boolean(unbound.ambiguous);
    json.key("nearby").begin_array();
    for (const Symbol& near : unbound.nearby) json.string(to_string(near));
    json.end_array();
    json.end_object();
  }
  json.end_array();
  json.key("referenced_by").begin_array();
  for (const Link& link : facts.in) {
    json.begin_object();
    json.key("from").string(plain_id_of(registry[link.from]));
    put_call(json, registry, link);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

std::string show_json(const Registry& registry, const CardFacts& facts, const std::vector<bundle::ListedFile>& files,
                      const std::vector<std::string>& roots) {
  syntax::JsonWriter json = document("cascade.show/1");
  put_head(json, registry, facts);
  put_shadowing(json, registry, facts.manifest.id, roots);
  if (const auto plan = playbook::plan_of(registry, facts.manifest.id)) {
    json.key("chain");
    put_chain(json, *plan);
  }
  put_sections(json, registry, facts);
  put_files(json, files);
  put_references(json, registry, facts);
  put_problems(json, "problems", facts.problems);
  return finish(json);
}

}  // namespace cascade::rendering
