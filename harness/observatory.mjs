// MDN's own scanner (npm: @mdn/mdn-http-observatory) on two ports of this machine. Run by harness/observatory.py.
const [, , home, http, https] = process.argv;
const part = (name) => import(`${home}/node_modules/@mdn/mdn-http-observatory/src/${name}.js`);
const { ALL_TESTS } = await part("constants");
const { retrieve } = await part("retriever/retriever");
const { getGradeForScore, getScoreModifier } = await part("grader/grader");
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await part("grader/charts");

const asked = await retrieve("localhost", { httpPort: Number(http), httpsPort: Number(https) });
const found = ALL_TESTS.map((test) => test(asked)).filter((each) => each.result);
const told = found.map((each) => [each.constructor.name.replace("Output", ""), each.result, getScoreModifier(each.result)]);
const lost = told.reduce((sum, [, , points]) => sum + Math.min(points, 0), 100);
const all = told.reduce((sum, [, , points]) => sum + points, 100);
const { grade, score } = getGradeForScore(lost >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? all : lost);
console.log(JSON.stringify({ grade, score, told, verified: asked.responses.https?.verified }));
process.exit(0);
