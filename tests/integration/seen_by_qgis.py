"""What QGIS makes of layers: a JSON object a layer, in order.

usage: qgis.py LAYER...

renderer, attribute  of the renderer that came with the layer
categories           value, label, type of the symbol
labels               the field that names features, null for none
features             of each, in order: its attributes (up to 40 characters), the label of the
                     category that draws it, and the colour of the picture at a point of it
"""
import json
import os
import sys

os.environ["QT_QPA_PLATFORM"] = "offscreen"
from qgis.core import (  # noqa: E402
    QgsApplication,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsRenderContext,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize  # noqa: E402
from qgis.PyQt.QtGui import QColor  # noqa: E402


def picture(layer):
    """A picture of the layer without its labels, and from map to pixels."""
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setOutputSize(QSize(1600, 1200))
    settings.setBackgroundColor(QColor("white"))
    settings.setDestinationCrs(layer.crs())
    extent = layer.extent()
    extent.grow(0.01)
    settings.setExtent(extent)
    settings.setFlag(QgsMapSettings.DrawLabeling, False)
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    return job.renderedImage(), settings.mapToPixel()


def classes(renderer):
    return renderer.categories() if renderer.type() == "categorizedSymbol" else []


def features(layer):
    image, to_pixel = picture(layer)
    renderer, context = layer.renderer().clone(), QgsRenderContext()
    label_of = {c.symbol().dump(): c.label() for c in classes(renderer)}
    renderer.startRender(context, layer.fields())
    for feature in layer.getFeatures():
        expressions = context.expressionContext()
        expressions.setFeature(feature)
        expressions.setFields(layer.fields())
        pixel = to_pixel.transform(feature.geometry().pointOnSurface().asPoint())
        symbol = renderer.symbolForFeature(feature, context)
        colour = image.pixelColor(int(pixel.x()), int(pixel.y()))
        yield {
            "cells": {f.name(): str(feature[f.name()])[:40] for f in layer.fields()},
            "drawn_by": label_of.get(symbol.dump()) if symbol else None,
            "colour": [colour.red(), colour.green(), colour.blue()],
        }
    renderer.stopRender(context)


def describe(path):
    layer = QgsVectorLayer(path, "layer", "ogr")
    if not layer.isValid():
        sys.exit(f"{path}: QGIS does not open it")
    renderer = layer.renderer()
    return {
        "layer": os.path.basename(path),
        "renderer": renderer.type(),
        "attribute": getattr(renderer, "classAttribute", lambda: "")(),
        "categories": [[c.value(), c.label(), c.symbol().symbolLayer(0).layerType()] for c in classes(renderer)],
        "labels": layer.labeling().settings().fieldName if layer.labelsEnabled() else None,
        "features": list(features(layer)),
    }


def main():
    application = QgsApplication([], False)
    application.initQgis()
    for path in sys.argv[1:]:
        print(json.dumps(describe(path), ensure_ascii=False))
    application.exitQgis()


main()
