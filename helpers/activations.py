"""The registry: every activation with its function, its derivative and the facts about it."""

from math import inf

from helpers import functions
from helpers.activation import Activation, Parameter, call_by_name

# Behind the derivative of a function with a corner.
NONE_AT_0 = r"\quad\text{(none at } x = 0\text{)}"
NONE_UNLESS_1 = r"\quad\text{(none at } x = 0\text{ unless } \alpha = 1\text{)}"


class Softmax(Activation):
    """Softmax, which turns a list of scores into probabilities; its full derivative is a matrix."""

    def jacobian(self, *inputs, **parameters):
        """Return ∂pᵢ/∂zⱼ for scores z of shape (..., n) as an array of shape (..., n, n)."""
        return call_by_name(
            functions.softmax_jacobian, "softmax.jacobian", inputs, parameters
        )


identity = Activation(
    "identity",
    functions.identity,
    functions.identity_slope,
    r"f(x) = x",
    r"f'(x) = 1",
    range_text="(−∞, ∞)",
    output_type="a number",
    zero_centred="yes",
    strengths=("its slope is 1 everywhere: it takes nothing from a gradient",),
    weaknesses=(
        "it does not bend: any stack of such layers is still one straight line",
    ),
    used_for="the output layer of a regression, where any number may be the answer",
    colour="#5F5F5F",
    reference="Goodfellow, Bengio & Courville (2016), Deep Learning, §6.2.2.1",
)

sigmoid = Activation(
    "sigmoid",
    functions.sigmoid,
    functions.sigmoid_slope,
    r"\sigma(x) = \frac{1}{1 + e^{-x}}",
    r"\sigma'(x) = \sigma(x)\,(1 - \sigma(x))",
    range=(0.0, 1.0),
    range_text="(0, 1), the ends never reached",
    output_type="a number between 0 and 1; a probability only if the network is trained for it",
    largest_slope=0.25,
    largest_slope_at=0.0,
    saturates=("left", "right"),
    strengths=(
        "every output lies between 0 and 1, so it can answer a yes-or-no question",
        "smooth: a small change of x changes the output a little, and the slope follows from the "
        "output alone",
    ),
    weaknesses=(
        "nearly flat on both sides: beyond ±4 its slope is below 0.02",
        "even at its steepest its slope is only a quarter",
        "its outputs are never negative",
    ),
    used_for="the answer to a yes-or-no question; a gate, which says how much may pass",
    colour="#0072B2",
    reference="LeCun, Bottou, Orr & Müller (1998), Efficient BackProp, §4.4",
)

tanh = Activation(
    "tanh",
    functions.tanh,
    functions.tanh_slope,
    r"\tanh(x) = \frac{e^{x} - e^{-x}}{e^{x} + e^{-x}}",
    r"\tanh'(x) = 1 - \tanh^2(x)",
    range=(-1.0, 1.0),
    range_text="(−1, 1), the ends never reached",
    output_type="a number with a sign; not a probability",
    largest_slope_at=0.0,
    zero_centred="yes",
    saturates=("left", "right"),
    strengths=(
        (
            "zero-centred: negative inputs give negative outputs, and inputs spread around 0 "
            "give outputs around 0"
        ),
        "at 0 its slope is 1, four times the best of the sigmoid",
    ),
    weaknesses=(
        "nearly flat on both sides: beyond ±3 its slope is below 0.01",
        "its slope is 1 at a single point only, and less everywhere else",
    ),
    used_for="an output between −1 and 1; an amount with a sign, which is added or taken away",
    colour="#009C6F",
    reference="LeCun, Bottou, Orr & Müller (1998), Efficient BackProp, §4.4",
)

relu = Activation(
    "ReLU",
    functions.relu,
    functions.relu_slope,
    r"\mathrm{ReLU}(x) = \max(0, x)",
    r"\mathrm{ReLU}'(x) = \begin{cases} 1 & x > 0 \\ 0 & x < 0 \end{cases}" + NONE_AT_0,
    range=(0.0, inf),
    range_text="[0, ∞)",
    output_type="a number that is never negative; not a probability",
    saturates=("left",),
    strengths=(
        "for positive inputs its slope is exactly 1, at any distance from 0",
        "one comparison: about the cheapest bend there is",
        "many outputs are exactly 0 (half of them for inputs spread evenly around 0)",
    ),
    weaknesses=(
        (
            "for negative inputs its slope is exactly 0: a unit that no example switches on "
            "gets no gradient"
        ),
        "its outputs are never negative and have no upper bound",
    ),
    used_for="the layers between input and output, as a first try",
    colour="#BC8300",
    reference="Nair & Hinton (2010); Glorot, Bordes & Bengio (2011)",
)

leaky_relu = Activation(
    "leaky ReLU",
    functions.leaky_relu,
    functions.leaky_relu_slope,
    r"f(x) = \begin{cases} x & x > 0 \\ \alpha x & x \le 0 \end{cases}",
    r"f'(x) = \begin{cases} 1 & x > 0 \\ \alpha & x < 0 \end{cases}" + NONE_UNLESS_1,
    range_text="(−∞, ∞) for a leak α > 0",
    output_type="a number; negative inputs are multiplied by the leak α",
    strengths=(
        "its slope is never 0 (for α ≠ 0), so that every example can teach every unit",
        "nearly as cheap as ReLU: one comparison and one product",
    ),
    weaknesses=(
        "one more number, α, to choose or to learn",
        "with a small α little gradient passes on the left: 1 % for α = 0.01",
    ),
    used_for="hidden layers, above all where units die with ReLU",
    colour="#B23C93",
    reference=(
        "Maas, Hannun & Ng (2013), Rectifier Nonlinearities Improve Neural Network Acoustic Models"
    ),
    parameters={"negative_slope": Parameter(0.01, 0.0, 1.0, 0.01, "the leak α")},
)

elu = Activation(
    "ELU",
    functions.elu,
    functions.elu_slope,
    r"f(x) = \begin{cases} x & x > 0 \\ \alpha\,(e^{x} - 1) & x \le 0 \end{cases}",
    r"f'(x) = \begin{cases} 1 & x > 0 \\ \alpha\,e^{x} & x < 0 \end{cases}"
    + NONE_UNLESS_1,
    range=(-1.0, inf),
    range_text="(−1, ∞) for α = 1; in general from −α upwards",
    output_type="a number; negative inputs give a number between −α and 0",
    saturates=("left",),
    strengths=(
        "outputs go below 0, so that their mean lies nearer to 0 than with ReLU",
        "with α = 1 it has no corner: at x = 0 its slope is 1 from both sides",
        (
            "a unit with a negative input still gets some gradient, as long as the input is "
            "not far below 0"
        ),
    ),
    weaknesses=(
        "an exponential for every negative input, which costs more than a comparison",
        "far to the left it is flat: with α = 1, below −5 less than 1 % of a gradient passes",
    ),
    used_for=(
        "hidden layers, for example of audio codecs (EnCodec) and controllers of walking robots"
    ),
    colour="#882255",
    reference="Clevert, Unterthiner & Hochreiter (2016), Exponential Linear Units (ELUs)",
    parameters={
        "alpha": Parameter(
            1.0, 0.0, 3.0, 0.05, "α: the outputs on the left go down to −α"
        )
    },
)

selu = Activation(
    "SELU",
    functions.selu,
    functions.selu_slope,
    r"f(x) = \lambda \begin{cases} x & x > 0 \\ \alpha\,(e^{x} - 1) & x \le 0 \end{cases}",
    r"f'(x) = \lambda \begin{cases} 1 & x > 0 \\ \alpha\,e^{x} & x < 0 \end{cases}"
    + NONE_AT_0,
    range=(-functions.SELU_SCALE * functions.SELU_ALPHA, inf),
    range_text="(−1.758, ∞)",
    output_type="a number; for inputs from N(0, 1) the outputs have mean 0 and variance 1",
    largest_slope=functions.SELU_SCALE * functions.SELU_ALPHA,
    largest_slope_at=0.0,
    zero_centred="for N(0, 1)",
    saturates=("left",),
    strengths=(
        (
            "inputs with mean 0 and variance 1 give outputs with mean 0 and variance 1, "
            "without a normalisation layer"
        ),
        "a layer whose inputs are slightly off is pulled back towards that mean and variance",
    ),
    weaknesses=(
        (
            "it keeps its promise in plain layers with weights of variance 1/n; with 2/n, outputs "
            "grow, and so they do with any dropout but alpha dropout"
        ),
        "an exponential for every negative input, and a corner at 0",
    ),
    used_for="deep plain networks without normalisation layers",
    colour="#8C564B",
    reference="Klambauer, Unterthiner, Mayr & Hochreiter (2017), Self-Normalizing Neural Networks",
)

gelu = Activation(
    "GELU",
    functions.gelu,
    functions.gelu_slope,
    r"\mathrm{GELU}(x) = x\,\Phi(x)",
    r"\mathrm{GELU}'(x) = \Phi(x) + x\,\varphi(x)",
    range=(-0.169971, inf),
    range_text="[−0.17, ∞), lowest at x = −0.7518",
    output_type="a number; slightly negative for moderately negative inputs",
    largest_slope=1.1289,
    largest_slope_at=1.4142,
    saturates=("left",),
    strengths=(
        "smooth: neither the curve nor its slope has a corner anywhere",
        "almost ReLU away from 0, but a unit with a slightly negative input still gets a gradient",
    ),
    weaknesses=(
        "it costs more than ReLU, as Φ needs the error function or an approximation",
        (
            "there are faster versions that differ a little; trained weights expect the one "
            "that they were trained with"
        ),
    ),
    used_for="many transformers: BERT, GPT-2, vision transformers",
    colour="#332288",
    reference="Hendrycks & Gimpel (2016), Gaussian Error Linear Units (GELUs)",
)

silu = Activation(
    "SiLU",
    functions.silu,
    functions.silu_slope,
    r"f(x) = x\,\sigma(\beta x)",
    r"f'(x) = \sigma(\beta x)\,(1 + \beta x\,\sigma(-\beta x))",
    range=(-0.278465, inf),
    range_text="[−0.278, ∞) for β = 1, lowest at x = −1.278",
    output_type="a number; slightly negative for moderately negative inputs",
    largest_slope=1.0998,
    largest_slope_at=2.3994,
    saturates=("left",),
    strengths=(
        "smooth: neither the curve nor its slope has a corner anywhere",
        "almost ReLU far from 0, but a unit with a slightly negative input still gets a gradient",
    ),
    weaknesses=(
        "it costs more than ReLU: an exponential and a division for each input",
        "to the left of its lowest point the slope is negative, and far to the left it is almost 0",
    ),
    used_for="image networks such as EfficientNet; the gated layers of many language models",
    colour="#808000",
    reference=(
        "Hendrycks & Gimpel (2016); Elfwing et al. (2018); Ramachandran et al. (2017), who "
        "call it Swish"
    ),
    parameters={
        "beta": Parameter(1.0, 0.0, 10.0, 0.1, "β: how sharply the gate opens")
    },
)

softplus = Activation(
    "softplus",
    functions.softplus,
    functions.softplus_slope,
    r"f(x) = \log(1 + e^{x})",
    r"f'(x) = \sigma(x)",
    range=(0.0, inf),
    range_text="(0, ∞)",
    output_type="a positive number; not a probability",
    saturates=("left",),
    strengths=(
        "every output is positive, so it can stand for a variance, a rate or a duration",
        "ReLU with a rounded corner: smooth everywhere, and its slope is the sigmoid",
    ),
    weaknesses=(
        "at x = 0 the output is 0.69, not 0",
        "from −746 on its output is too small for 64 bits and becomes 0, so 1e-6 is often added",
        (
            "an exponential and a logarithm for each input, and in hidden layers it is "
            "seldom better than ReLU"
        ),
    ),
    used_for="outputs that must be positive, such as a variance; seldom hidden layers",
    colour="#2F8F9D",
    reference="Dugas, Bengio, Bélisle, Nadeau & Garcia (2001); Glorot, Bordes & Bengio (2011)",
)

softmax = Softmax(
    "softmax",
    functions.softmax,
    functions.softmax_slope,
    r"p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}",
    r"\frac{\partial p_i}{\partial z_i} = p_i\,(1 - p_i)",
    range=(0.0, 1.0),
    range_text="each output in (0, 1), with two or more classes; together they sum to 1",
    output_type="a list of positive numbers that sum to 1, read as probabilities",
    input_type="a list of scores, one for each class (called logits)",
    largest_slope=0.25,
    saturates=("left", "right"),
    strengths=(
        "its outputs are never negative and sum to 1, whatever the scores",
        "smooth: a small change of a score changes the outputs a little",
    ),
    weaknesses=(
        "the outputs are only as trustworthy as the scores: perhaps no answer is right",
        "one score far above the others leaves almost no slope",
        "e to the power of a score above 709.78 (88.72 in 32 bits) is too large to store, unless "
        "the largest score is subtracted from all",
    ),
    used_for=(
        "an output that chooses one of several answers, such as the next word; the attention of a "
        "transformer"
    ),
    colour="#0097FF",
    reference="Bridle (1990); Goodfellow, Bengio & Courville (2016), Deep Learning, §6.2.2.3",
    parameters={
        "temperature": Parameter(
            1.0, 0.1, 5.0, 0.1, "how evenly the probabilities are spread"
        )
    },
)

_ALL = (
    identity,
    sigmoid,
    tanh,
    relu,
    leaky_relu,
    elu,
    selu,
    gelu,
    silu,
    softplus,
    softmax,
)
ACTIVATIONS = {f.identifier: f for f in _ALL}
