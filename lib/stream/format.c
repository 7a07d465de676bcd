/* The formats that streams come and go in. */
#include "stream/reader_impl.h"
#include "stream/writer_impl.h"

const struct format_def formats[] = {
	{ "table", FORMAT_TABLE, NULL, &table_writer, "aligned columns, for people" },
	{ "csv", FORMAT_CSV, &csv_reader, &csv_writer,
	  "comma-separated values (RFC 4180), with a header" },
	{ "tsv", FORMAT_TSV, &tsv_reader, &tsv_writer,
	  "tab-separated values; \\t \\n \\r \\\\ are escaped" },
	{ "json", FORMAT_JSON, &json_reader, &json_writer, "one JSON array of objects" },
	{ "jsonl", FORMAT_JSONL, &json_reader, &jsonl_writer, "JSON Lines: one object a line" },
	{ "refs", FORMAT_REFS, &refs_reader, &refs_writer, "bare references, one a line" },
	{ "vcf", FORMAT_VCF, &vcf_reader, &vcf_writer, "vCards, of whatever has a name" },
	{ "ics", FORMAT_ICS, NULL, NULL, "a calendar: crm-export activity -o ics, crm-remind" },
	{ "html", FORMAT_HTML, NULL, NULL, "a page for people: crm-report, crm-view" },
	{ "svg", FORMAT_SVG, NULL, NULL, "a picture: crm-report" },
	{ "chart", FORMAT_CHART, NULL, NULL, "a picture in characters: crm-report" },
	{ "vegalite", FORMAT_VEGALITE, NULL, NULL,
	  "a picture's Vega-Lite specification with its data: crm-report" },
};
const size_t nformats = countof(formats);

const struct format_def *format_by_name(struct str name)
{
	for (size_t i = 0; i < nformats; i++)
		if (str_is(name, formats[i].name))
			return &formats[i];
	return NULL;
}

const struct format_def *format_def(enum format f)
{
	for (size_t i = 0; i < nformats; i++)
		if (formats[i].format == f)
			return &formats[i];
	return NULL;
}
