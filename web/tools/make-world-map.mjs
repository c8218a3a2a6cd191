/*
 * Makes the dashboard's world map, a JSON object of ISO 3166-1 alpha-2 code → SVG path or dot, from the
 * TopoJSON of Natural Earth's countries that the npm package world-atlas redistributes.
 * Only maintainers run it, and only to take a newer map; its output is committed:
 *
 *   cd web/tools
 *   npm install --no-save world-atlas@2.0.2 topojson-client@3.1.0
 *   node make-world-map.mjs
 *
 * Shapes come from the 1:110m map. Countries too small for it (Singapore, Malta, …) become a dot at
 * the middle of their largest island in the 1:50m map, so that every country can be coloured.
 * The drawing plane is WIDTH units wide, in the Natural Earth projection, without Antarctica.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { feature } from 'topojson-client';

const WIDTH = 2000;
const NORTH = 84;
const SOUTH = -57;
const OUTPUT = '../src/main/resources/io/millrace/web/dashboard/world-map.json';

// ISO 3166-1: numeric code and alpha-2 code.
const ISO = `
  004AF 008AL 012DZ 016AS 020AD 024AO 028AG 031AZ 032AR 036AU 040AT 044BS 048BH 050BD 051AM 052BB 056BE 060BM 064BT 068BO
  070BA 072BW 074BV 076BR 084BZ 086IO 090SB 092VG 096BN 100BG 104MM 108BI 112BY 116KH 120CM 124CA 132CV 136KY 140CF 144LK
  148TD 152CL 156CN 158TW 162CX 166CC 170CO 174KM 175YT 178CG 180CD 184CK 188CR 191HR 192CU 196CY 203CZ 204BJ 208DK 212DM
  214DO 218EC 222SV 226GQ 231ET 232ER 233EE 234FO 238FK 239GS 242FJ 246FI 248AX 250FR 254GF 258PF 260TF 262DJ 266GA 268GE
  270GM 275PS 276DE 288GH 292GI 296KI 300GR 304GL 308GD 312GP 316GU 320GT 324GN 328GY 332HT 334HM 336VA 340HN 344HK 348HU
  352IS 356IN 360ID 364IR 368IQ 372IE 376IL 380IT 384CI 388JM 392JP 398KZ 400JO 404KE 408KP 410KR 414KW 417KG 418LA 422LB
  426LS 428LV 430LR 434LY 438LI 440LT 442LU 446MO 450MG 454MW 458MY 462MV 466ML 470MT 474MQ 478MR 480MU 484MX 492MC 496MN
  498MD 499ME 500MS 504MA 508MZ 512OM 516NA 520NR 524NP 528NL 531CW 533AW 534SX 535BQ 540NC 548VU 554NZ 558NI 562NE 566NG
  570NU 574NF 578NO 580MP 581UM 583FM 584MH 585PW 586PK 591PA 598PG 600PY 604PE 608PH 612PN 616PL 620PT 624GW 626TL 630PR
  634QA 638RE 642RO 643RU 646RW 652BL 654SH 659KN 660AI 662LC 663MF 666PM 670VC 674SM 678ST 682SA 686SN 688RS 690SC 694SL
  702SG 703SK 704VN 705SI 706SO 710ZA 716ZW 724ES 728SS 729SD 732EH 740SR 744SJ 748SZ 752SE 756CH 760SY 762TJ 764TH 768TG
  772TK 776TO 780TT 784AE 788TN 792TR 795TM 796TC 798TV 800UG 804UA 807MK 818EG 826GB 831GG 832JE 833IM 834TZ 840US 850VI
  854BF 858UY 860UZ 862VE 876WF 882WS 887YE 894ZM
`;
// Shapes to which the source gives no code, by what address databases call such places: they follow
// the registries' use, which says nothing about anyone's claim to the land.
const WITHOUT_ID = { 'N. Cyprus': 'CY', Somaliland: 'SO', Kosovo: 'XK' };

const alpha2ByNumeric = new Map(
  ISO.trim().split(/\s+/).map((entry) => [entry.slice(0, 3), entry.slice(3)]),
);

const codeOf = (shape) =>
  shape.id ? alpha2ByNumeric.get(String(shape.id).padStart(3, '0')) : WITHOUT_ID[shape.properties.name];

const countriesOf = (scale) => {
  const atlas = JSON.parse(readFileSync(`node_modules/world-atlas/countries-${scale}.json`, 'utf8'));
  return feature(atlas, atlas.objects.countries).features;
};

const polygonsOf = ({ type, coordinates }) => (type === 'Polygon' ? [coordinates] : coordinates);

/** Lets longitudes run on past ±180° instead of jumping to the other side of the map. */
function unwrap(ring) {
  let offset = 0;
  return ring.map(([longitude, latitude], index) => {
    if (index > 0) {
      const step = longitude - ring[index - 1][0];
      if (step > 180) offset -= 360;
      else if (step < -180) offset += 360;
    }
    return [longitude + offset, latitude];
  });
}

/** The part of a ring on one side of a meridian (Sutherland and Hodgman, one edge). */
function clip(ring, meridian, keepsEast) {
  const isInside = ([longitude]) => (keepsEast ? longitude >= meridian : longitude <= meridian);
  const kept = [];
  ring.forEach((point, index) => {
    const previous = ring[(index + ring.length - 1) % ring.length];
    if (isInside(point) !== isInside(previous)) {
      const share = (meridian - previous[0]) / (point[0] - previous[0]);
      kept.push([meridian, previous[1] + share * (point[1] - previous[1])]);
    }
    if (isInside(point)) kept.push(point);
  });
  return kept;
}

/** A ring as one or more rings that lie within ±180°. */
function cutAtAntimeridian(ring) {
  const open = unwrap(ring).slice(0, -1);
  return [-360, 0, 360]
    .map((turn) => open.map(([longitude, latitude]) => [longitude + turn, latitude]))
    .map((turned) => clip(clip(turned, -180, true), 180, false))
    .filter((piece) => piece.length > 2);
}

/** The Natural Earth projection: the polynomials of Šavrič, Jenny, Patterson, Petrovič, Hurni (2011). */
function project([longitude, latitude]) {
  const lambda = (longitude * Math.PI) / 180;
  const phi = (latitude * Math.PI) / 180;
  const squared = phi * phi;
  const fourth = squared * squared;
  return [
    lambda * (0.8707 - 0.131979 * squared + fourth * (-0.013791 + fourth * (0.003971 * squared - 0.001529 * fourth))),
    phi * (1.007226 + squared * (0.015085 + fourth * (-0.044475 + 0.028874 * squared - 0.005916 * fourth))),
  ];
}

const halfWidth = project([180, 0])[0];
const unit = WIDTH / (2 * halfWidth);
const top = project([0, NORTH])[1];
const height = Math.round((top - project([0, SOUTH])[1]) * unit);
const toPlane = (point) => {
  const [x, y] = project(point);
  return [Math.round((x + halfWidth) * unit), Math.round((top - y) * unit)];
};

/** One ring as a closed relative path of whole units; empty when it is smaller than a unit. */
function pathOf(ring) {
  const points = ring.map(toPlane).filter((point, index, all) => index === 0 || String(point) !== String(all[index - 1]));
  if (points.length < 3) return '';
  let [x, y] = points[0];
  let path = `M${x} ${y}l`;
  path += points
    .slice(1)
    .map(([nextX, nextY]) => {
      const step = `${nextX - x} ${nextY - y}`;
      [x, y] = [nextX, nextY];
      return step;
    })
    .join(' ')
    .replaceAll(' -', '-');
  return `${path}z`;
}

function dotOf(polygons) {
  const largest = polygons.reduce((best, polygon) => (polygon[0].length > best[0].length ? polygon : best));
  const points = unwrap(largest[0]).map(([longitude, latitude]) => toPlane([((longitude + 540) % 360) - 180, latitude]));
  const middle = (axis) => Math.round(points.reduce((sum, point) => sum + point[axis], 0) / points.length);
  return [middle(0), middle(1)];
}

const paths = new Map();
for (const country of countriesOf('110m')) {
  const code = codeOf(country);
  if (!code) continue;
  const rings = polygonsOf(country.geometry).flat().flatMap(cutAtAntimeridian);
  paths.set(code, (paths.get(code) ?? '') + rings.map(pathOf).join(''));
}
const dots = new Map();
for (const country of countriesOf('50m')) {
  const code = codeOf(country);
  if (code && !paths.has(code)) dots.set(code, dotOf(polygonsOf(country.geometry)));
}

/** One entry a line, so that a change of the map can be read in a diff. */
const objectOf = (entries) => {
  const sorted = [...entries].sort(([one], [other]) => one.localeCompare(other));
  return `{\n${sorted.map(([code, value]) => `${JSON.stringify(code)}:${JSON.stringify(value)}`).join(',\n')}\n}`;
};
writeFileSync(OUTPUT, `{"viewBox":"0 0 ${WIDTH} ${height}","paths":${objectOf(paths)},"dots":${objectOf(dots)}}\n`);
console.log(`${paths.size} shapes and ${dots.size} dots, ${WIDTH} × ${height}`);
