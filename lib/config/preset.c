/* Presets: compiled in from presets/NAME.yaml and presets/import/NAME.yaml, or read from the user's
 * folder. */
#include "config/preset.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

#include "config/yaml.h"
#include "core/buf.h"
#include "schema/schema.h"

struct shipped {
	const char *name;
	struct str text;
};

#include "presets.h" /* made by the Makefile: shipped_config[], shipped_import[] */

static const struct {
	const struct shipped *all;
	size_t n;
} kinds[] = {
	[PRESET_CONFIG] = { shipped_config, countof(shipped_config) },
	[PRESET_IMPORT] = { shipped_import, countof(shipped_import) },
};

static const char *folder(struct arena *a)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	if (config && *config)
		return arena_printf(a, "%s/crm/presets", config).p;
	return arena_printf(a, "%s/.config/crm/presets", home ? home : "").p;
}

/* "# what it is for" */
static const char *first_line(struct str text, struct arena *a)
{
	struct str line;
	if (!str_cut(&text, '\n', &line) || !str_starts(line, "#"))
		return "";
	return arena_str(a, str_trim(str_sub(line, 1, line.n))).p;
}

static struct preset *add(struct preset *all, size_t *n, struct preset p, struct arena *a)
{
	for (size_t i = 0; i < *n; i++)
		if (!strcmp(all[i].name, p.name))
			return all;
	struct preset *more = arena_new(a, struct preset, *n + 1);
	if (*n)
		memcpy(more, all, *n * sizeof *all);
	more[(*n)++] = p;
	return more;
}

static enum preset_kind kind_of(struct str text)
{
	struct str line;
	while (str_cut(&text, '\n', &line))
		if (str_starts(line, "record:"))
			return PRESET_IMPORT;
	return PRESET_CONFIG;
}

static struct preset *add_own(enum preset_kind kind, struct preset *all, size_t *n, struct arena *a)
{
	const char *where = folder(a);
	struct dirent **entries = NULL;
	struct diag d = { 0 };
	int count = scandir(where, &entries, NULL, alphasort);
	for (int i = 0; i < count; i++) {
		struct str file = str_of(entries[i]->d_name), text;
		const char *path = arena_printf(a, "%s/%s", where, file.p).p;
		if (file.n > 5 && str_ends(file, ".yaml") && yaml_text(path, a, &text, &d) &&
		    kind_of(text) == kind)
			all = add(all, n,
				  (struct preset){ arena_str(a, str_sub(file, 0, file.n - 5)).p,
						   first_line(text, a), path },
				  a);
		free(entries[i]);
	}
	free(entries);
	diag_free(&d);
	return all;
}

struct preset *presets(enum preset_kind kind, size_t *n, struct arena *a)
{
	*n = 0;
	struct preset *all = add_own(kind, NULL, n, a);
	const struct shipped *shipped = kinds[kind].all;
	for (size_t i = 0; i < kinds[kind].n; i++)
		all = add(all, n,
			  (struct preset){ shipped[i].name, first_line(shipped[i].text, a), NULL },
			  a);
	return all;
}

bool preset_text(enum preset_kind kind, const char *name, struct arena *a, struct str *text,
		 const char **source, struct diag *d)
{
	size_t n;
	const struct shipped *shipped = kinds[kind].all;
	const struct preset *all = presets(kind, &n, a);
	const char **names = arena_new(a, const char *, n);
	for (size_t i = 0; i < n; i++) {
		names[i] = all[i].name;
		if (strcmp(all[i].name, name))
			continue;
		*source = all[i].path ? all[i].path : name;
		if (all[i].path)
			return yaml_text(all[i].path, a, text, d);
		for (size_t j = 0; j < kinds[kind].n; j++)
			if (!strcmp(shipped[j].name, name))
				*text = shipped[j].text;
		return true;
	}
	*source = name;
	if (strchr(name, '/') || strchr(name, '.') || !strcmp(name, "-"))
		return yaml_text(name, a, text, d);
	const char *near = nearest(str_of(name), names, n);
	return diag_set(d, "preset",
			"there is no preset %s%s%s%s (a file has a . or / in its name)",
			quoted(str_of(name), &d->arena), near ? "; did you mean " : "",
			near ? near : "", near ? "?" : "");
}
