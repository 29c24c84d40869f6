// Writes cascade.bundle/1 and cascade.ladder/1 (docs/formats/bundle.md). The same functions write the proof that a hook
// sends along, so budget, cost and certificate have the same members everywhere. A limit that is not set is null; a
// section is named by its number in the manifest, whichever of its forms is meant.
#include "render/bundle_json.h"

#include "hash/content_hash.h"
#include "render/facts.h"
#include "render/parts.h"

namespace cascade::rendering {
namespace {

void put_limit(syntax::JsonWriter& json, std::string_view key, std::uint32_t limit) {
  json.key(key);
  if (limit == unlimited) {
    json.null();
  } else {
    json.number(limit);
  }
}

void put_cost_with_model(syntax::JsonWriter& json, std::string_view key, const Cost& cost,
                         const BundleContext& context) {
  json.key(key).begin_object();
  put_cost(json, cost);
  if (context.model) json.key("tokens_estimated").number(estimated_tokens(*context.model, cost.tokens));
  json.end_object();
}

void put_piece_name(syntax::JsonWriter& json, const Registry& registry, ManifestId id, std::uint32_t section,
                    Form form) {
  const SectionView view = registry.section(id, section);
  json.key("id").string(plain_id_of(registry[id]));
  json.key("path").string(registry[id].path);
  const bool no_section = form == Form::card || form == Form::resource;
  // Cards and linked files belong to no section.
  json.key("section").number(no_section ? 0 : view.shorter_of);
  json.key("heading").string(no_section ? std::string_view() : view.heading);
  json.key("form").string(to_string(form));
}

void put_pieces(syntax::JsonWriter& json, const Registry& registry, const Bundle& bundle) {
  json.key("pieces").objects(bundle.pieces, [&](const Piece& piece) {
    put_piece_name(json, registry, piece.id, piece.section, piece.form);
    json.key("value").number(piece.value);
    put_cost(json, piece.cost);
    put_hash(json, "content_hash", piece.content_hash);
    json.key("text").string(piece.text);
  });
}

void put_omissions(syntax::JsonWriter& json, const Registry& registry, const Bundle& bundle) {
  json.key("omissions").objects(bundle.omissions, [&](const Omission& omission) {
    put_piece_name(json, registry, omission.id, omission.section, omission.form);
    json.key("reason").string(to_string(omission.reason));
    json.key("value").number(omission.value);
    put_cost(json, omission.cost);
    put_cost(json, "shortfall", omission.shortfall);
  });
}

void put_files(syntax::JsonWriter& json, const Registry& registry, const Bundle& bundle) {
  json.key("linked_files").objects(bundle.files, [&](const LinkedFile& file) {
    json.key("id").string(plain_id_of(registry[file.of]));
    json.key("path").string(file.path);
    put_cost(json, file.cost);
    json.key("packed").boolean(file.packed);
  });
}

}  // namespace

void put_budget(syntax::JsonWriter& json, const Budget& budget, const BundleContext& context) {
  json.key("budget").begin_object();
  put_limit(json, "tokens", budget.limit.tokens);
  put_limit(json, "chars", budget.limit.chars);
  json.key("counted").string(context.exact ? "exact" : "estimate");
  json.key("model");
  if (context.model) {
    json.string(context.model->name);
  } else {
    json.null();
  }
  json.end_object();
}

void put_certificate(syntax::JsonWriter& json, const Bundle& bundle) {
  const Certificate& certificate = bundle.certificate;
  json.key("certificate").begin_object();
  json.key("value").number(certificate.value);
  json.key("upper_bound").number(certificate.upper_bound);
  json.key("gap_ppm").number(certificate.gap_ppm);
  json.key("proof").string(to_string(certificate.proof));
  json.key("nodes").number(certificate.nodes);
  json.key("stability_cost").number(certificate.stability_cost);
  if (const MovedValues& moved = bundle.moved; moved.sections > 0) {
    json.key("learned").begin_object().key("source").string(hash::to_hex(moved.source));
    json.key("sections_moved").number(moved.sections).end_object();
  }
  json.end_object();
}

namespace {

void put_roots(syntax::JsonWriter& json, const BundleContext& context) {
  json.key("roots").array(context.roots, [&](const Symbol& root) { json.string(to_string(root)); });
}

void put_bundle(syntax::JsonWriter& json, const Registry& registry, const Bundle& bundle,
                const BundleContext& context) {
  put_budget(json, bundle.budget, context);
  put_cost_with_model(json, "cost", bundle.cost, context);
  json.key("min_budget");
  if (bundle.status == PackingStatus::infeasible) {  // otherwise nothing is known about smaller budgets
    json.begin_object();
    put_cost(json, bundle.min_budget);
    if (context.model) json.key("tokens_estimated").number(estimated_tokens(*context.model, bundle.min_budget.tokens));
    json.end_object();
  } else {
    json.null();
  }
  put_certificate(json, bundle);
  json.key("clash").array(bundle.clash, [&](const Symbol& symbol) { json.string(to_string(symbol)); });
  json.key("tools").array(bundle.tools, [&](const ToolName& tool) { json.string(to_string(tool)); });
  json.key("text").string(text(bundle));
  put_pieces(json, registry, bundle);
  put_files(json, registry, bundle);
  put_omissions(json, registry, bundle);
  put_facts(json, bundle);
}

}  // namespace

std::string certificate(const Bundle& bundle, const BundleContext& context) {
  syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
  json.begin_object();
  put_roots(json, context);
  put_budget(json, bundle.budget, context);
  put_cost_with_model(json, "cost", bundle.cost, context);
  put_certificate(json, bundle);
  return json.end_object().take();
}

std::string bundle_json(const Registry& registry, const Bundle& bundle, const BundleContext& context) {
  syntax::JsonWriter json = document("cascade.bundle/1");
  json.key("status").string(to_string(bundle.status));
  put_roots(json, context);
  put_bundle(json, registry, bundle, context);
  return finish(json);
}

std::string ladder_json(const Registry& registry, const std::vector<Bundle>& rungs, const BundleContext& context) {
  syntax::JsonWriter json = document("cascade.ladder/1");
  put_roots(json, context);
  json.key("rungs").objects(rungs, [&](const Bundle& bundle) {
    json.key("status").string(to_string(bundle.status));
    json.key("nested").boolean(bundle.nested);
    put_bundle(json, registry, bundle, context);
  });
  return finish(json);
}

}  // namespace cascade::rendering
